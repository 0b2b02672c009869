using Everturn.Workflows;

namespace Patterns.Cron;

/// <summary>
/// Cron: one instance for each firing of the schedule, also after a crash. The day comes from the firing and not from
/// the clock, which may show a later one.
/// </summary>
[Workflow("nightly-report")]
public sealed class NightlyReport(IReports reports) : Workflow<object?, string>
{
    /// <inheritdoc/>
    public override async Task<string> RunAsync(
        WorkflowEvent<object?> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    )
    {
        var firedAt = trigger.Schedule?.ScheduledTime ?? trigger.Timestamp;
        var yesterday = DateOnly.FromDateTime(firedAt.UtcDateTime).AddDays(-1);
        var address = await step.DoAsync("make", token => reports.MakeAsync(yesterday, token));
        await step.DoAsync("send", token => reports.SendAsync(address, token));
        return address;
    }
}
