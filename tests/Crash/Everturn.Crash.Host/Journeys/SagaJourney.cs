using Everturn.Testing.Crashes;
using Everturn.Workflows;

namespace Everturn.Crash.Host.Journeys;

/// <summary>A step, a child, a step that fails for good, and the rollback of both steps.</summary>
[Workflow("saga")]
internal sealed class SagaJourney(EffectsFile effects) : Workflow<int, string>
{
    public override async Task<string> RunAsync(
        WorkflowEvent<int> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    )
    {
        var undo = new StepOptions
        {
            Rollback = new((context, _) => effects.RunAsync(trigger.InstanceId, context.Step, true, "undo-")),
        };
        await step.DoAsync(
            "reserve",
            undo,
            (context, _) => effects.RunAsync(trigger.InstanceId, context, trigger.InstanceId)
        );
        var child = await step.RunChildAsync<string, string>("ask", "saga-child", trigger.InstanceId);
        return await step.DoAsync<string>(
            "charge",
            undo,
            async (context, _) =>
            {
                await effects.RunAsync(trigger.InstanceId, context, true);
                throw new NonRetryableException($"declined by {child}");
            }
        );
    }
}
