namespace Everturn.AspNetCore.Sessions;

/// <summary>Body of <c>POST /sessions/{sessionId}/abort</c>; it may be left out.</summary>
public sealed record AbortRequest
{
    /// <summary>Why, in the caller's words.</summary>
    public string? Reason { get; init; }
}
