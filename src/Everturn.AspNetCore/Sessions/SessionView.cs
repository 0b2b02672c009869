using Everturn.Sessions;

namespace Everturn.AspNetCore.Sessions;

/// <summary>A session, as <c>GET /sessions</c> and <c>GET /sessions/{sessionId}</c> give it.</summary>
public sealed record SessionView
{
    /// <summary>The session.</summary>
    public required string SessionId { get; init; }

    /// <summary>The agent.</summary>
    public required string AgentType { get; init; }

    /// <summary>A short name for lists.</summary>
    public string? Title { get; init; }

    /// <summary>Whose session it is.</summary>
    public string? UserId { get; init; }

    /// <summary>Labels.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Names and values that the user attached.</summary>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary><c>active</c>, <c>interrupted</c>, <c>completed</c> or <c>failed</c>.</summary>
    public required SessionStatus Status { get; init; }

    /// <summary>Length of the transcript.</summary>
    public required int MessageCount { get; init; }

    /// <summary>The oldest chunk that is still stored.</summary>
    public required long FirstSequence { get; init; }

    /// <summary>The newest chunk; 0 while there is none.</summary>
    public required long LastSequence { get; init; }

    /// <summary>Ordinal of the newest run; 0 while there is none.</summary>
    public required int RunOrdinal { get; init; }

    /// <summary>Turn of the newest run; 0 while there is none.</summary>
    public required int Turn { get; init; }

    /// <summary>The newest run.</summary>
    public string? CurrentRunId { get; init; }

    /// <summary>Steps that were committed in the session's life.</summary>
    public required int StepCount { get; init; }

    /// <summary>How many messages wait for the run in their way; they come last in the list of runs.</summary>
    public required int QueuedRuns { get; init; }

    /// <summary>The session at the root of a tree of sub-agents.</summary>
    public string? RootSessionId { get; init; }

    /// <summary>The session that called this one.</summary>
    public string? ParentSessionId { get; init; }

    /// <summary>The session and checkpoint this one was forked from.</summary>
    public string? ForkedFrom { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it may be deleted.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    internal static SessionView Of(SessionRecord session) =>
        new()
        {
            SessionId = session.Key.SessionId,
            AgentType = session.AgentType,
            Title = session.Title,
            UserId = session.UserId,
            Tags = session.Tags,
            Metadata = session.Metadata,
            Status = session.Status,
            MessageCount = session.MessageCount,
            FirstSequence = session.FirstSequence,
            LastSequence = session.LastSequence,
            RunOrdinal = session.RunOrdinal,
            Turn = session.Turn,
            CurrentRunId = session.CurrentRunId,
            StepCount = session.StepCount,
            QueuedRuns = session.QueuedRuns,
            RootSessionId = session.RootSessionId,
            ParentSessionId = session.ParentSessionId,
            ForkedFrom = session.ForkedFrom,
            CreatedAt = session.CreatedAt,
            UpdatedAt = session.UpdatedAt,
            ExpiresAt = session.ExpiresAt,
        };
}
