using Everturn.Testing.Crashes;
using Everturn.Workflows;

namespace Everturn.Crash.Host.Journeys;

/// <summary>Five steps, one after another.</summary>
[Workflow("linear")]
internal sealed class LinearJourney(EffectsFile effects) : Workflow<int, string>
{
    public override async Task<string> RunAsync(
        WorkflowEvent<int> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    )
    {
        var all = "";
        for (var i = 1; i <= 5; i++)
        {
            var number = i;
            all += await step.DoAsync($"s{i}", (context, _) => effects.RunAsync(trigger.InstanceId, context, number));
        }

        return all;
    }
}
