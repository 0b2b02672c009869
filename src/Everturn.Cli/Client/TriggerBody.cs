namespace Everturn.Cli.Client;

/// <summary>What created an instance.</summary>
internal sealed record TriggerBody(string Source, string? Cron, string? Workflow, string? InstanceId)
{
    public override string ToString() =>
        Cron is not null ? $"the schedule {Cron}"
        : InstanceId is not null ? $"its parent {Workflow}/{InstanceId}"
        : Source;
}
