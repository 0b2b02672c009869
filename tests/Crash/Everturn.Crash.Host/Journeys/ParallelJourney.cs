using Everturn.Testing.Crashes;
using Everturn.Workflows;

namespace Everturn.Crash.Host.Journeys;

/// <summary>Three steps of one name at a time, raced and joined, then one more.</summary>
[Workflow("parallel")]
internal sealed class ParallelJourney(EffectsFile effects) : Workflow<int, string>
{
    public override async Task<string> RunAsync(
        WorkflowEvent<int> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    )
    {
        var branches = Enumerable
            .Range(1, 3)
            .Select(_ =>
                step.DoAsync("branch", (context, _) => effects.RunAsync(trigger.InstanceId, context, context.Count))
            )
            .ToList();
        var winner = await await Task.WhenAny(branches);
        var all = string.Concat(await Task.WhenAll(branches));
        // Which branch wins is not told, only that it was one of them.
        return await step.DoAsync(
            "join",
            (context, _) => effects.RunAsync(trigger.InstanceId, context, all.Contains($"{winner}") ? all : "lost")
        );
    }
}
