namespace Everturn.Workflows;

/// <summary>What a wait waits for, and how long.</summary>
public sealed record WaitForEventOptions
{
    /// <summary>
    /// The type of event: 1 to 100 of <c>[A-Za-z0-9_-]</c>, not starting with a hyphen. Default: what the call names.
    /// </summary>
    public string? Type { get; init; }

    /// <summary>
    /// 1 second to 365 days. Default 24 hours. When it is over, the wait throws <see cref="WorkflowTimeoutException"/>.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(24);
}
