namespace Everturn.Cli.Client;

/// <summary>An attempt of a step, as far as it is shown.</summary>
internal sealed record AttemptBody
{
    public int Attempt { get; init; }

    public DateTimeOffset? Start { get; init; }

    public DateTimeOffset? End { get; init; }

    public ErrorBody? Error { get; init; }

    public long? RetryDelayMs { get; init; }
}
