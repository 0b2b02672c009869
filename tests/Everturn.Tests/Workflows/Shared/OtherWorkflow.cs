using Everturn.Workflows;

namespace Everturn.Tests.Workflows;

/// <summary>The scripted workflow under another name.</summary>
[Workflow("other")]
public sealed class OtherWorkflow(Script script) : Workflow<string, string>
{
    public override async Task<string> RunAsync(
        WorkflowEvent<string> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    ) => $"other {await script.Body(step, trigger, cancellationToken)}";
}
