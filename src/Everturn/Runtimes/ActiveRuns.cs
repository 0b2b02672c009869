using System.Collections.Concurrent;
using Everturn.Loop;
using Everturn.Sessions;

namespace Everturn.Runtimes;

/// <summary>The runs that this process executes, for commands to reach them.</summary>
internal sealed class ActiveRuns
{
    private readonly ConcurrentDictionary<string, RunExecution> _byRun = new(StringComparer.Ordinal);

    public bool IsEmpty => _byRun.IsEmpty;

    public int Count => _byRun.Count;

    public void Add(RunExecution execution) => _byRun[execution.Run.RunId] = execution;

    public void Remove(RunExecution execution) => _byRun.TryRemove(new(execution.Run.RunId, execution));

    public void Deliver(CommandRecord command)
    {
        if (_byRun.TryGetValue(command.RunId, out var execution))
        {
            execution.Obey(command);
        }
    }
}
