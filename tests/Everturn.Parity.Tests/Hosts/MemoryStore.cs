using Everturn.Memory;
using Everturn.Sessions;
using Everturn.Storage;
using Everturn.Workflows.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Parity.Tests.Hosts;

/// <summary>In-memory stores that several hosts share, each host a node of its own.</summary>
internal sealed class MemoryStore : IParityStore
{
    private readonly InMemoryNodeDirectory _first = new();
    private readonly InMemorySessionStore _sessions;
    private readonly InMemoryWorkflowStore _workflows;

    public MemoryStore()
    {
        _sessions = new(_first);
        _workflows = new(_first);
    }

    public void AddTo(EverturnBuilder everturn)
    {
        var nodes = _first.Join();
        everturn
            .Services.AddSingleton(nodes)
            .AddSingleton<INodeDirectory>(nodes)
            .AddSingleton<ISessionStore>(_sessions)
            .AddSingleton<IWorkflowStore>(_workflows);
    }

    /// <summary>Makes a host look as if its process had been killed.</summary>
    public void Kill(IServiceProvider host) => _first.MarkDead(host.GetRequiredService<INodeDirectory>().Self);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
