using Everturn.Memory;
using Everturn.Sessions;
using Everturn.Storage;
using Everturn.Workflows.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Testing.Hosting;

/// <summary>Stores in memory that the hosts of a test share.</summary>
internal sealed class SharedMemory
{
    private readonly InMemorySessionStore _sessions;
    private readonly InMemoryWorkflowStore _workflows;

    public SharedMemory()
    {
        _sessions = new(Nodes);
        _workflows = new(Nodes);
    }

    /// <summary>The nodes; none of the hosts is this first one.</summary>
    public InMemoryNodeDirectory Nodes { get; } = new();

    /// <summary>Gives them to a host that has no store of its own.</summary>
    public void AddTo(EverturnBuilder builder)
    {
        if (builder.Services.Any(service => service.ServiceType == typeof(ISessionStore)))
        {
            return;
        }

        var node = Nodes.Join();
        builder.Services.AddSingleton(node);
        builder.Services.AddSingleton<INodeDirectory>(node);
        builder.Services.AddSingleton<ISessionStore>(_sessions);
        builder.Services.AddSingleton<IWorkflowStore>(_workflows);
    }
}
