using Everturn.Sqlite.Engine;
using Everturn.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.StatefulAgents.Tests.Fixtures;

/// <summary>A data directory, a host with <see cref="Worker"/>, and the way to restart it.</summary>
public abstract class WorkerTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();

    private protected WorkerScript Script { get; } = new();

    private protected AgentHost Host { get; private set; } = null!;

    private protected Action<CommitFault>? Fault { get; set; }

    private protected VirtualTimeProvider Time { get; } = new();

    private protected TempDirectory Data => _directory;

    public async ValueTask InitializeAsync() => Host = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _directory.Dispose();
    }

    private protected async Task RestartAsync(Action? between = null)
    {
        await Host.DisposeAsync();
        between?.Invoke();
        Host = await StartAsync();
    }

    private protected StatefulAgentHandle<Worker> Get(string name = "w") => Host.Get<Worker>(name);

    private protected virtual void Configure(StatefulAgentHostOptions options) { }

    private Task<AgentHost> StartAsync() =>
        AgentHost.StartAsync(
            _directory.Path,
            builder =>
            {
                builder.Services.AddSingleton(Script);
                builder.AddStatefulAgent<Worker>(module: Worker.Module);
            },
            Time,
            fault => Fault?.Invoke(fault),
            Configure
        );
}
