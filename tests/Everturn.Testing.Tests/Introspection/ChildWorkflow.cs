using Everturn.Workflows;

namespace Everturn.Testing.Tests.Introspection;

[Workflow("child")]
public sealed class ChildWorkflow : Workflow<string, string>
{
    public override Task<string> RunAsync(
        WorkflowEvent<string> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    ) => step.DoAsync("work", _ => Task.FromResult("real work"));
}
