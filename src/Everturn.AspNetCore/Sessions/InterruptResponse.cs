using System.Text.Json;
using Everturn.Sessions;

namespace Everturn.AspNetCore.Sessions;

/// <summary>
/// Answer to an interrupt. While the status is <c>running</c>, the request is durable and the run will stop; any other
/// status is the outcome of a run that had ended before, and nothing was changed.
/// </summary>
public sealed record InterruptResponse
{
    /// <summary>The session.</summary>
    public required string SessionId { get; init; }

    /// <summary>The run; absent where the session has none.</summary>
    public string? RunId { get; init; }

    /// <summary>Status of the run when the request was accepted.</summary>
    public required ExecutionStatus Status { get; init; }

    /// <summary>Why an ended run has its status.</summary>
    public string? Reason { get; init; }

    /// <summary>The output of a completed run.</summary>
    public JsonElement? Output { get; init; }

    /// <summary>What went wrong, where the run failed.</summary>
    public string? Error { get; init; }
}
