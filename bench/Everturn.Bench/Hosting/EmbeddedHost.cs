using Everturn.Agents;
using Everturn.Workflows;

namespace Everturn.Bench.Hosting;

/// <summary>The application in this process, without HTTP.</summary>
internal sealed class EmbeddedHost : IAsyncDisposable
{
    private readonly IHost _host;

    private EmbeddedHost(IHost host) => _host = host;

    public IAgentExecutor Agents => _host.Services.GetRequiredService<IAgentExecutor>();

    public IWorkflowClient<int, int> Steps => Workflow(StepsWorkflow.Name);

    public IWorkflowClient<int, int> Workflow(string name) =>
        _host.Services.GetRequiredService<IWorkflowEngine>().Client<int, int>(name);

    public static async Task<EmbeddedHost> StartAsync(string directory, CancellationToken cancellationToken)
    {
        var builder = Host.CreateApplicationBuilder(
            // As in ServeCommand.
            new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory }
        );
        builder.Logging.LogWarnings();
        builder.Services.AddBench(directory);
        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        return new(host);
    }

    /// <summary>One turn of the instant agent, to its end.</summary>
    public async Task TurnAsync(string session, int deltas, CancellationToken cancellationToken)
    {
        var run = await Agents.ExecuteAsync(
            BenchAgents.InstantAgent,
            $"{deltas}",
            new() { SessionId = session },
            cancellationToken
        );
        var result = await run.ResultAsync(cancellationToken);
        if (result.Error is { } error)
        {
            throw new InvalidOperationException($"A turn failed: {error}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable asynchronous)
        {
            await asynchronous.DisposeAsync();
        }
    }
}
