using System.Collections.Concurrent;
using Everturn.Workflows;

namespace Everturn.Testing.Tests.Introspection;

/// <summary>What the workflow does, and how often things happened, over all hosts of a test.</summary>
public sealed class Script(Func<WorkflowStep, Script, Task<string>> body)
{
    private readonly ConcurrentDictionary<string, int> _counts = new();

    /// <summary>How often something happened.</summary>
    public int this[string what] => _counts.GetValueOrDefault(what);

    public Task<string> Body(WorkflowStep step) => body(step, this);

    public Task<string> DoAsync(string what)
    {
        _counts.AddOrUpdate(what, 1, (_, count) => count + 1);
        return Task.FromResult($"real {what}");
    }
}
