using Everturn.StatefulAgents.Tests.Fixtures;
using Everturn.Testing.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.StatefulAgents.Tests.Sessions;

/// <summary>One host, whose objects each have sessions of their own.</summary>
public sealed class WorkerHost : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private AgentHost? _host;
    private int _objects;

    public async ValueTask InitializeAsync() =>
        _host = await AgentHost.StartAsync(
            _directory.Path,
            agents =>
            {
                agents.Services.AddSingleton(new WorkerScript());
                agents.AddStatefulAgent<Worker>(module: Worker.Module);
            }
        );

    /// <summary>Sessions in the database of an object that nobody has used.</summary>
    public async ValueTask<SessionStoreFixture> OpenSessionsAsync() =>
        await ObjectSessionStoreFixture.CreateAsync(_host!.Get<Worker>($"w{Interlocked.Increment(ref _objects)}"));

    public async ValueTask DisposeAsync()
    {
        await _host!.DisposeAsync();
        _directory.Dispose();
    }
}
