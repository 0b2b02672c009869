namespace Everturn.AspNetCore.Sessions;

/// <summary>Body of <c>POST /sessions/{sessionId}/interrupt</c>; it may be left out.</summary>
public sealed record InterruptRequest
{
    /// <summary>Why, in the caller's words.</summary>
    public string? Reason { get; init; }

    /// <summary><c>at_once</c> (default), or <c>at_checkpoint</c> to let the current step complete.</summary>
    public string? Mode { get; init; }

    /// <summary>The run to stop, or the waiting message to withdraw; default: the session's current run.</summary>
    public string? RunId { get; init; }
}
