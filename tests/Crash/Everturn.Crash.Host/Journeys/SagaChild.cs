using Everturn.Testing.Crashes;
using Everturn.Workflows;

namespace Everturn.Crash.Host.Journeys;

/// <summary>The child of <see cref="SagaJourney"/>: two steps, whose effects it writes down as its parent's.</summary>
[Workflow("saga-child")]
internal sealed class SagaChild(EffectsFile effects) : Workflow<string, string>
{
    public override async Task<string> RunAsync(
        WorkflowEvent<string> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    )
    {
        await step.DoAsync("look", (context, _) => effects.RunAsync(trigger.Payload, context, true));
        return await step.DoAsync("answer", (context, _) => effects.RunAsync(trigger.Payload, context, "child"));
    }
}
