using Everturn.Testing.Crashes;
using Everturn.Workflows;

namespace Everturn.Crash.Host.Journeys;

/// <summary>Waits for three different events, each of which may come more than once, and handles each once.</summary>
[Workflow("loop")]
internal sealed class LoopJourney(EffectsFile effects) : Workflow<int, string>
{
    public override async Task<string> RunAsync(
        WorkflowEvent<int> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    )
    {
        var seen = new SortedSet<string>(StringComparer.Ordinal);
        while (seen.Count < 3)
        {
            var received = await step.WaitForEventAsync<string>("next", "item");
            if (seen.Add(received.Payload))
            {
                await step.DoAsync(
                    $"handle-{received.Payload}",
                    (context, _) => effects.RunAsync(trigger.InstanceId, context, true)
                );
            }
        }

        return string.Concat(seen);
    }
}
