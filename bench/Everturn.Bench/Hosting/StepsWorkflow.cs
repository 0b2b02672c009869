using Everturn.Workflows;

namespace Everturn.Bench.Hosting;

/// <summary>So many trivial steps, one after the other.</summary>
[Workflow(Name)]
internal sealed class StepsWorkflow : Workflow<int, int>
{
    public const string Name = "steps";

    public override async Task<int> RunAsync(
        WorkflowEvent<int> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    )
    {
        var sum = 0;
        for (var i = 0; i < trigger.Payload; i++)
        {
            var number = i;
            sum += await step.DoAsync("step", _ => Task.FromResult(number));
        }

        return sum;
    }
}
