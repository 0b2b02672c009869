using Everturn.Workflows;

namespace Everturn.Cli.Tests;

/// <summary>A workflow that asks before it does anything.</summary>
[Workflow("refunds")]
internal sealed class Refunds : Workflow<int, string>
{
    public override async Task<string> RunAsync(
        WorkflowEvent<int> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    )
    {
        var decision = await step.RequestApprovalAsync("refund", new Refund(trigger.Payload));
        return $"{decision.Status} {decision.Arguments.Amount} {decision.DecidedBy}";
    }

    internal sealed record Refund(int Amount);
}
