using Everturn.Workflows;

namespace Everturn.Bench.Hosting;

/// <summary>Receives so many events, one after the other.</summary>
[Workflow(Name)]
internal sealed class ListeningWorkflow : Workflow<int, int>
{
    public const string Name = "listening";

    public const string EventType = "tick";

    public override async Task<int> RunAsync(
        WorkflowEvent<int> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    )
    {
        var sum = 0;
        for (var i = 0; i < trigger.Payload; i++)
        {
            sum += (await step.WaitForEventAsync<int>("tick", EventType)).Payload;
        }

        return sum;
    }
}
