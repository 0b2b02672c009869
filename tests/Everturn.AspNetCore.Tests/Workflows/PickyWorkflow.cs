using System.Globalization;
using Everturn.Workflows;

namespace Everturn.AspNetCore.Tests;

/// <summary>A workflow whose parameters check themselves.</summary>
[Workflow("picky")]
public sealed class PickyWorkflow : Workflow<PickyParams, string>
{
    public override Task<string> RunAsync(
        WorkflowEvent<PickyParams> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    ) => Task.FromResult(trigger.Payload.Count.ToString(CultureInfo.InvariantCulture));
}
