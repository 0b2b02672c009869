using Everturn.Workflows;

namespace Patterns.LongWait;

/// <summary>
/// Long wait: ninety days until a date, or until something happens before it. The dates come from the creation of the
/// instance, so that neither a pause nor a retry moves them.
/// </summary>
[Workflow("run-trial")]
public sealed class RunTrial(ITrials trials) : Workflow<string, string>
{
    private static readonly TimeSpan Length = TimeSpan.FromDays(90);

    private static readonly TimeSpan Notice = TimeSpan.FromDays(7);

    /// <inheritdoc/>
    public override async Task<string> RunAsync(
        WorkflowEvent<string> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    )
    {
        var customer = trigger.Payload;
        var endsAt = trigger.Timestamp + Length;
        var bought = step.WaitForEventAsync<string>("purchase", "bought", new() { Timeout = Length + Notice });
        if (await Task.WhenAny(bought, step.SleepUntilAsync("until notice", endsAt - Notice)) != bought)
        {
            await step.DoAsync("remind", token => trials.RemindAsync(customer, endsAt, token));
            if (await Task.WhenAny(bought, step.SleepUntilAsync("until end", endsAt)) != bought)
            {
                await step.DoAsync("close", token => trials.CloseAsync(customer, token));
                return "ended";
            }
        }

        return $"bought {(await bought).Payload}";
    }
}
