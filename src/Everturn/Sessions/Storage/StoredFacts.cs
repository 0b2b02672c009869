using Everturn.Streaming;

namespace Everturn.Sessions.Storage;

/// <summary>The rows that decide about a commit, read in the transaction that writes it. All by primary key.</summary>
public readonly record struct StoredFacts
{
    /// <summary>The session's row, also where it is a tombstone; null for none.</summary>
    public SessionRecord? Session { get; init; }

    /// <summary>Status of the session's stream, as the last plan said; of no meaning without a session.</summary>
    public StreamStatus Stream { get; init; }

    /// <summary>The run named by <see cref="SessionRecord.CurrentRunId"/>.</summary>
    public RunRecord? CurrentRun { get; init; }

    /// <summary>The run that the commit's request id began or is to begin; null for none, or where the commit has no request id.</summary>
    public RunRecord? RequestedRun { get; init; }

    /// <summary>The run that the commit's command names, if it is not the current one; also one that waits.</summary>
    public RunRecord? CommandRun { get; init; }

    /// <summary>
    /// The messages that wait in the session; of their content nothing is needed. Empty unless
    /// <see cref="PreparedCommit.ConcernsQueue"/>.
    /// </summary>
    public IReadOnlyList<QueuedRun> Queue
    {
        get => field ?? [];
        init;
    }

    /// <summary>Whether <see cref="PreparedCommit.Node"/> is alive under its epoch. Of no meaning without a node.</summary>
    public bool NodeIsLive { get; init; }
}
