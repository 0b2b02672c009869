using Everturn.Testing.Crashes;
using Everturn.Workflows;

namespace Everturn.Crash.Host.Journeys;

/// <summary>A sleep, a step that fails the first time, a sleep, a step that fails twice. All waits leave memory.</summary>
[Workflow("retry")]
internal sealed class RetryJourney(EffectsFile effects) : Workflow<int, string>
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    private static readonly StepOptions Retried = new()
    {
        Retries = new()
        {
            Limit = 5,
            Delay = Pause,
            Backoff = Backoff.Constant,
        },
    };

    public override async Task<string> RunAsync(
        WorkflowEvent<int> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    )
    {
        await step.SleepAsync("nap", Pause);
        var one = await FailsAsync("flaky", failures: 1);
        await step.SleepAsync("nap", Pause);
        return one + await FailsAsync("flakier", failures: 2);

        Task<string> FailsAsync(string name, int failures) =>
            step.DoAsync(
                name,
                Retried,
                async (context, _) =>
                {
                    await effects.RunAsync(trigger.InstanceId, context, true);
                    return context.Attempt > failures
                        ? name
                        : throw new InvalidOperationException($"attempt {context.Attempt}");
                }
            );
    }
}
