using Everturn.Workflows;

namespace Everturn.Cli.Tests;

/// <summary>A workflow with a step, one that fails first, a wait and a rollback. Its steps move the clock.</summary>
[Workflow("onboarding", Version = 2)]
internal sealed class Onboarding(FixedClock clock) : Workflow<Customer, string>
{
    public override async Task<string> RunAsync(
        WorkflowEvent<Customer> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    )
    {
        var customer = trigger.Payload;
        var account = await step.DoAsync(
            "create account",
            new() { Rollback = new((_, _) => TakeAsync(0.5, true)) },
            _ =>
                customer.Name == "Nobody"
                    ? throw new NonRetryableException("A customer has a name.")
                    : TakeAsync(1.2, "acc-7")
        );
        await step.DoAsync(
            "send mail",
            new() { Retries = new() { Delay = TimeSpan.Zero } },
            async (context, _) =>
            {
                await TakeAsync(2, true);
                return context.Attempt == 1 ? throw new HttpRequestException("The mail server is busy.") : true;
            }
        );
        var signed = await step.WaitForEventAsync<string>(
            "contract",
            "signed",
            new() { Timeout = TimeSpan.FromDays(7) }
        );
        return await step.DoAsync("activate", _ => TakeAsync(0.8, $"{account}, signed by {signed.Payload}"));
    }

    private Task<T> TakeAsync<T>(double seconds, T value)
    {
        clock.Now += TimeSpan.FromSeconds(seconds);
        return Task.FromResult(value);
    }
}
