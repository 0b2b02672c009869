namespace Everturn.Streaming;

/// <summary>What a read gave.</summary>
public enum StreamReadKind
{
    /// <summary>Chunks, in order and without gap after those before.</summary>
    Chunks,

    /// <summary>The reader's position is not part of the log: load the snapshot, the reader goes on after it.</summary>
    Resync,

    /// <summary>Nothing came for <see cref="SessionStreamReader.KeepAlive"/>; only a sign of life.</summary>
    Idle,

    /// <summary>Everything was delivered and nothing more will come.</summary>
    End,
}
