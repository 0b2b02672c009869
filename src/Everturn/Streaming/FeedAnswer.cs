namespace Everturn.Streaming;

/// <summary>What a feed can do for a reader right now.</summary>
internal enum FeedAnswer
{
    /// <summary>Segments were handed out.</summary>
    Chunks,

    /// <summary>The reader is behind what is kept in memory.</summary>
    ReadStore,

    /// <summary>The run that the reader follows is no longer the current one; its record says where it ended.</summary>
    ReadRun,

    /// <summary>The reader's position is not part of the log.</summary>
    Resync,

    /// <summary>There is nothing new, and the reader will be woken.</summary>
    Wait,

    /// <summary>There was nothing new for long enough to say so.</summary>
    Idle,

    /// <summary>Everything was delivered, and nothing more will come.</summary>
    End,

    /// <summary>The session was deleted.</summary>
    Deleted,
}
