namespace Everturn.Cli.Client;

/// <summary>A request to change the status of an instance.</summary>
internal sealed record ChangeStatusBody(string Status)
{
    public bool? Rollback { get; init; }

    public RestartFromBody? From { get; init; }
}
