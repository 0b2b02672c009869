namespace Everturn.AspNetCore.Sessions;

/// <summary>Body of <c>POST /sessions/{sessionId}/abort</c>; it may be left out.</summary>
public sealed record AbortRequest
{
    /// <summary>Why, in the caller's words.</summary>
    public string? Reason { get; init; }

    /// <summary>The run to stop, or the waiting message to withdraw; default: the session's current run.</summary>
    public string? RunId { get; init; }
}
