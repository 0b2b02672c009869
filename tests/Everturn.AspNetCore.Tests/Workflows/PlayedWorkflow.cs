using Everturn.Workflows;

namespace Everturn.AspNetCore.Tests;

/// <summary>A workflow whose body is the test's own code.</summary>
/// <param name="play">The body.</param>
[Workflow("played", Version = 3)]
public sealed class PlayedWorkflow(PlayedWorkflow.Body play) : Workflow<Dictionary<string, int>?, string>
{
    public delegate Task<string> Body(WorkflowEvent<Dictionary<string, int>?> trigger, WorkflowStep step);

    public override Task<string> RunAsync(
        WorkflowEvent<Dictionary<string, int>?> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    ) => play(trigger, step);
}
