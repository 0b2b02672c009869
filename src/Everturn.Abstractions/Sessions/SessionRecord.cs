namespace Everturn.Sessions;

/// <summary>
/// A session's row. These fields stay in clear text in every store, whatever codec encodes the content, since lists
/// and filters need them.
/// </summary>
public sealed record SessionRecord
{
    /// <summary>The session.</summary>
    public required SessionKey Key { get; init; }

    /// <summary>The agent; a session keeps its agent for life.</summary>
    public required string AgentType { get; init; }

    /// <summary>A short name for lists.</summary>
    public string? Title { get; init; }

    /// <summary>Whose session it is.</summary>
    public string? UserId { get; init; }

    /// <summary>Labels for lists.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Names and values that the user attached.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Status of the session.</summary>
    public required SessionStatus Status { get; init; }

    /// <summary>How many messages the transcript has.</summary>
    public int MessageCount { get; init; }

    /// <summary>The oldest chunk that is still stored; 1 until something was trimmed.</summary>
    public long FirstSequence { get; init; } = 1;

    /// <summary>The newest chunk; 0 while there is none.</summary>
    public long LastSequence { get; init; }

    /// <summary>Ordinal of the newest run, from 1; 0 while there is none. Never reused.</summary>
    public int RunOrdinal { get; init; }

    /// <summary>Turn of the newest run, from 1; 0 while there is none.</summary>
    public int Turn { get; init; }

    /// <summary>The newest run.</summary>
    public string? CurrentRunId { get; init; }

    /// <summary>How many messages wait for the run in their way, see <see cref="QueuedRun"/>.</summary>
    public int QueuedRuns { get; init; }

    /// <summary>Steps that were committed in the session's life.</summary>
    public int StepCount { get; init; }

    /// <summary>Grows by one with every commit; for optimistic concurrency.</summary>
    public long Version { get; init; }

    /// <summary>The session at the root of a tree of sub-agents; null for a root.</summary>
    public string? RootSessionId { get; init; }

    /// <summary>The session that called this one as a sub-agent.</summary>
    public string? ParentSessionId { get; init; }

    /// <summary>The session and checkpoint this one was forked from, as <c>session#checkpoint</c>.</summary>
    public string? ForkedFrom { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When the sweeper may delete it; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was deleted; such a row is a tombstone and nothing else of the session is left.</summary>
    public DateTimeOffset? DeletedAt { get; init; }
}
