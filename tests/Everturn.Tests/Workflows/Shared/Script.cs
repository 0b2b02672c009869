using System.Collections.Concurrent;
using Everturn.Workflows;

namespace Everturn.Tests.Workflows;

/// <summary>What the test's workflow does: the body is the test's own code.</summary>
public sealed class Script
{
    private readonly ConcurrentDictionary<string, int> _counts = new();

    public Script(Func<WorkflowStep, Script, Task<string>> body) => Body = (step, _, _) => body(step, this);

    public Script(Func<WorkflowStep, WorkflowEvent<string>, CancellationToken, Task<string>> body) => Body = body;

    public Func<WorkflowStep, WorkflowEvent<string>, CancellationToken, Task<string>> Body { get; }

    /// <summary>How often something happened, across all hosts that run this script.</summary>
    public int this[string what] => _counts.GetValueOrDefault(what);

    public int Count(string what) => _counts.AddOrUpdate(what, 1, (_, count) => count + 1);
}

[Workflow("script")]
public sealed class ScriptedWorkflow(Script script) : Workflow<string, string>
{
    public override Task<string> RunAsync(
        WorkflowEvent<string> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    ) => script.Body(step, trigger, cancellationToken);
}
