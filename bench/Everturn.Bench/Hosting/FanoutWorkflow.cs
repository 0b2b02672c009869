using Everturn.Workflows;

namespace Everturn.Bench.Hosting;

/// <summary>So many trivial steps at a time.</summary>
[Workflow(Name)]
internal sealed class FanoutWorkflow : Workflow<int, int>
{
    public const string Name = "fanout-steps";

    public override async Task<int> RunAsync(
        WorkflowEvent<int> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    )
    {
        var results = await Task.WhenAll(
            Enumerable.Range(0, trigger.Payload).Select(i => step.DoAsync("step", _ => Task.FromResult(i)))
        );
        return results.Sum();
    }
}
