using System.Text.Json;
using Everturn.Sessions;

namespace Everturn.Workflows;

/// <summary>What became of a workflow's call to somebody outside: the value of its step, and what wakes the instance.</summary>
internal sealed record CallOutcome
{
    public required string ApprovalId { get; init; }

    /// <summary>Approved, denied, answered or expired.</summary>
    public required PendingCallStatus Status { get; init; }

    /// <summary>What an approval was about, edited or not.</summary>
    public JsonElement? Arguments { get; init; }

    public bool IsEdited { get; init; }

    /// <summary>The client's result.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>What the step fails with instead: the client's error, or that nobody answered where that is one.</summary>
    public InstanceError? Error { get; init; }

    public string? DecidedBy { get; init; }

    public string? Reason { get; init; }

    public DateTimeOffset DecidedAt { get; init; }
}
