using Everturn.Workflows;

namespace Everturn.Tests.Workflows;

/// <summary>The second version of the scripted workflow.</summary>
[Workflow("script", Version = 2)]
public sealed class ScriptedWorkflow2(Script script) : Workflow<string, string>
{
    public override async Task<string> RunAsync(
        WorkflowEvent<string> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    ) => $"v2 {await script.Body(step, trigger, cancellationToken)}";
}
