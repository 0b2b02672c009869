using Everturn.Workflows;

namespace Everturn.Testing.Tests.Introspection;

/// <summary>A workflow whose body is the test's own code.</summary>
[Workflow("scripted")]
public sealed class ScriptedWorkflow(Script script) : Workflow<string, string>
{
    public override Task<string> RunAsync(
        WorkflowEvent<string> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    ) => script.Body(step);
}
