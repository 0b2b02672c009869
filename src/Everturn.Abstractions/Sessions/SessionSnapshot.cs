namespace Everturn.Sessions;

/// <summary>A session as of one moment: one read transaction, so that a reader that goes on after
/// <see cref="StreamSequence"/> has neither gap nor duplicate.</summary>
public sealed record SessionSnapshot
{
    /// <summary>The session.</summary>
    public required SessionRecord Session { get; init; }

    /// <summary>Its current run; null before the first.</summary>
    public RunRecord? Run { get; init; }

    /// <summary>The newest messages, oldest first.</summary>
    public required MessagePage Messages { get; init; }

    /// <summary>Custom state, JSON; empty where there is none.</summary>
    public ReadOnlyMemory<byte> State { get; init; }

    /// <summary>Tool calls of the current run's step that is not committed yet.</summary>
    public IReadOnlyList<ToolCallRecord> OpenToolCalls { get; init; } = [];

    /// <summary>Chunks of the current run after its last committed step, for replaying partial content.</summary>
    public IReadOnlyList<Streaming.StoredChunk> ChunksInFlight { get; init; } = [];

    /// <summary>The newest chunk's number.</summary>
    public long StreamSequence => Session.LastSequence;
}
