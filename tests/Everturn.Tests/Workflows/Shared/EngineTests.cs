using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Tests.Workflows;

/// <summary>Starts hosts over one store, and stops them after the test.</summary>
public abstract class EngineTests(Func<IStoreUnderTest> open) : IAsyncLifetime
{
    private readonly List<TestHost> _hosts = [];

    protected IStoreUnderTest Data { get; } = open();

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        await Data.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts a host with the scripted workflow, on the clock of the one before it if there was one.</summary>
    protected async Task<TestHost> StartAsync(
        Script script,
        TestHost? after = null,
        Action<CrashableStore>? prepare = null,
        Action<EverturnBuilder>? configure = null
    )
    {
        var host = await TestHost.StartAsync(
            Data,
            everturn =>
            {
                everturn.Services.AddSingleton(script);
                (configure ?? (builder => builder.AddWorkflow<ScriptedWorkflow>()))(everturn);
            },
            after?.Time,
            prepare
        );
        _hosts.Add(host);
        return host;
    }
}
