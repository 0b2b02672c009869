using Everturn.Workflows;

namespace Everturn.Bench.Hosting;

/// <summary>A step and a long sleep.</summary>
[Workflow(Name)]
internal sealed class SleeperWorkflow : Workflow<int, int>
{
    public const string Name = "sleeper";

    public override async Task<int> RunAsync(
        WorkflowEvent<int> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    )
    {
        var number = await step.DoAsync("before", _ => Task.FromResult(trigger.Payload));
        await step.SleepAsync("night", TimeSpan.FromDays(1));
        return number;
    }
}
