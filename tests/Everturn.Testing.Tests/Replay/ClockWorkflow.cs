using Everturn.Workflows;

namespace Everturn.Testing.Tests.Replay;

/// <summary>A workflow that reads the clock where it must not.</summary>
[Workflow("clock")]
public sealed class ClockWorkflow(ClockReader reader, TimeProvider time) : Workflow<string, string>
{
    public override Task<string> RunAsync(
        WorkflowEvent<string> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    ) => reader.Body(step, time);
}

/// <summary>What the workflow does.</summary>
public sealed record ClockReader(Func<WorkflowStep, TimeProvider, Task<string>> Body);
