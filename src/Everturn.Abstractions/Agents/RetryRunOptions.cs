namespace Everturn.Agents;

/// <summary>Options of a retry. All may be left out.</summary>
public sealed record RetryRunOptions
{
    /// <summary>From where. Default <see cref="RetryMode.FromCheckpoint"/>.</summary>
    public RetryMode Mode { get; init; }

    /// <summary>
    /// A user message. With <see cref="RetryMode.FromCheckpoint"/> it follows what is there, with
    /// <see cref="RetryMode.FromStart"/> it takes the place of the run's own input.
    /// </summary>
    public string? Message { get; init; }

    /// <summary>The caller's id of the request: repeated with the same options, it gives the same run.</summary>
    public string? RequestId { get; init; }

    /// <summary>The agent server that the new run belongs to. Null for the server of the run before it, or none.</summary>
    public string? Server { get; init; }
}
