using Everturn.Testing.Crashes;
using Everturn.Workflows;

namespace Everturn.Crash.Host.Journeys;

/// <summary>Asks a person, does what was decided, and asks once more for something that nobody answers.</summary>
[Workflow("asking")]
internal sealed class AskingJourney(EffectsFile effects) : Workflow<int, string>
{
    public override async Task<string> RunAsync(
        WorkflowEvent<int> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    )
    {
        var decision = await step.RequestApprovalAsync("ask", new Refund(40));
        var paid = await step.DoAsync(
            "pay",
            (context, _) => effects.RunAsync(trigger.InstanceId, context, decision.Arguments.Amount)
        );
        var late = await step.RequestApprovalAsync(
            "late",
            new Refund(1),
            new() { AnswerWithin = TimeSpan.FromSeconds(1) }
        );
        return $"{decision.Status} {paid} {late.Status}";
    }

    internal sealed record Refund(int Amount);
}
