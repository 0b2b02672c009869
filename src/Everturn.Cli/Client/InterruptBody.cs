namespace Everturn.Cli.Client;

/// <summary>A request to stop, and the answer to one.</summary>
internal sealed record InterruptBody
{
    public string? Reason { get; init; }

    public string? Mode { get; init; }

    public string? Status { get; init; }
}
