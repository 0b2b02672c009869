using Everturn.Agents;

namespace Everturn.Sessions;

/// <summary>
/// A message that waits for the run in its way. It becomes a run of its own under <see cref="RunId"/>, joins another
/// one, or is withdrawn; until then it is as durable as a run.
/// </summary>
public sealed record QueuedRun
{
    /// <summary>The session.</summary>
    public required SessionKey Session { get; init; }

    /// <summary>Id of the run that it will be.</summary>
    public required string RunId { get; init; }

    /// <summary>What it waits for.</summary>
    public required DoubleTexting Policy { get; init; }

    /// <summary>Grows with each message that a session accepted to wait. The store fills it in.</summary>
    public long Position { get; init; }

    /// <summary>The run that was in its way when it came. The store fills it in.</summary>
    public string TargetRunId { get; init; } = "";

    /// <summary>The turn of that run: a message that steers joins no later one. The store fills it in.</summary>
    public int TargetTurn { get; init; }

    /// <summary>The session's agent. The store fills it in.</summary>
    public string AgentType { get; init; } = "";

    /// <summary>
    /// <see cref="RunStatus.Queued"/> while it waits, <see cref="RunStatus.Joined"/> where it became part of another
    /// run, else how it was withdrawn. One that became a run of its own is found there.
    /// </summary>
    public RunStatus Status { get; init; } = RunStatus.Queued;

    /// <summary>The run that it joined.</summary>
    public string? JoinedRunId { get; init; }

    /// <summary>Why it was withdrawn.</summary>
    public string? Reason { get; init; }

    /// <summary>What was wrong with it, for people.</summary>
    public string? Error { get; init; }

    /// <summary>The caller's id of the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>Hash of the request's body; required with a request id.</summary>
    public string? BodyHash { get; init; }

    /// <summary>The agent server that the run will belong to; null for that of the session's run before it, or none.</summary>
    public string? Server { get; init; }

    /// <summary>W3C trace context of the request.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The messages. Empty once it does not wait any more.</summary>
    public IReadOnlyList<AgentMessage> Messages { get; init; } = [];

    /// <summary>Properties to set in the custom state, a JSON object; empty for none.</summary>
    public ReadOnlyMemory<byte> StateChange { get; init; }

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it joined a run or was withdrawn.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>It as a run that has not begun: with neither ordinal nor turn, and not carried by anything.</summary>
    public RunRecord ToRun() =>
        new()
        {
            Session = Session,
            RunId = RunId,
            Trigger = RunTrigger.Execute,
            ParentRunId = JoinedRunId,
            RequestId = RequestId,
            BodyHash = BodyHash,
            InstanceId = "",
            AgentType = AgentType,
            Runtime = "",
            Server = Server,
            Status = Status,
            Reason = Reason,
            Error = Error,
            CreatedAt = CreatedAt,
            EndedAt = EndedAt,
            TraceParent = TraceParent,
        };
}
