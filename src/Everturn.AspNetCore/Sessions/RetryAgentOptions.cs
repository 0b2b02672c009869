namespace Everturn.AspNetCore.Sessions;

/// <summary>From where a run is tried again.</summary>
public sealed record RetryAgentOptions
{
    /// <summary><c>from_checkpoint</c> (default) or <c>from_start</c>.</summary>
    public string? Mode { get; init; }

    /// <summary>
    /// A user message. With <c>from_checkpoint</c> it follows what is there, with <c>from_start</c> it takes the place of
    /// the run's own input.
    /// </summary>
    public string? Message { get; init; }
}
