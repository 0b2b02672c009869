using Everturn.Storage;

namespace Everturn.Sessions;

/// <summary>
/// The part of a commit that begins a run. The store gives it ordinal, turn, start sequence and instance id in the
/// same transaction, so that each is given exactly once.
/// </summary>
public sealed record NewRun
{
    /// <summary>Id of the run.</summary>
    public required string RunId { get; init; }

    /// <summary>Whether it waited until now under this id, see <see cref="SessionCommit.Enqueue"/>; it does not wait any more.</summary>
    public bool WasQueued { get; init; }

    /// <summary>What creates it; execute begins the next turn, the others stay in the current one.</summary>
    public required RunTrigger Trigger { get; init; }

    /// <summary>The run that it continues.</summary>
    public string? ParentRunId { get; init; }

    /// <summary>The caller's id of the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>Hash of the request's body; required with a request id.</summary>
    public string? BodyHash { get; init; }

    /// <summary>Version of the agent's definition.</summary>
    public string? DefinitionVersion { get; init; }

    /// <summary>What carries the loop.</summary>
    public required string Runtime { get; init; }

    /// <summary>The node that executes it from the start, or null to leave it to whoever claims it. Claim 1 if given.</summary>
    public NodeIdentity? Owner { get; init; }

    /// <summary>The workflow that carries it, started through the outbox under the run's instance id; null for none.</summary>
    public string? WorkflowName { get; init; }

    /// <summary>
    /// The agent server that it belongs to; null for the one of the session's run before it, or none. The store keeps
    /// it, and leaves an entry in the outbox when the run ends, so that the server hears of it.
    /// </summary>
    public string? Server { get; init; }

    /// <summary>The instance that carries it, where that is there already; null for an id made from agent and session.</summary>
    public string? InstanceId { get; init; }

    /// <summary>When it must have ended.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>W3C trace context of the request.</summary>
    public string? TraceParent { get; init; }
}
