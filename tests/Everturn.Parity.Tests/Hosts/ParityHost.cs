using Everturn.Agents;
using Everturn.Approvals;
using Everturn.Memory;
using Everturn.Sessions;
using Everturn.Streaming;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Everturn.Parity.Tests.Hosts;

/// <summary>One host on a store that others may share.</summary>
internal sealed class ParityHost : IAsyncDisposable
{
    private readonly IHost _host;
    private bool _isStopped;

    private ParityHost(IHost host) => _host = host;

    public IServiceProvider Services => _host.Services;

    public IAgentExecutor Executor => Services.GetRequiredService<IAgentExecutor>();

    public IApprovals Approvals => Services.GetRequiredService<IApprovals>();

    public ISessionStore Store => Services.GetRequiredService<ISessionStore>();

    public static async Task<ParityHost> StartAsync(
        IParityStore store,
        IChatClient model,
        Action<EverturnBuilder> configure,
        TimeProvider? time = null
    )
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging();
        builder.Services.AddSingleton(model);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        var everturn = builder.Services.AddEverturn();
        store.AddTo(everturn);
        configure(everturn);
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new(host);
    }

    public async Task<IReadOnlyList<StreamChunk>> ChunksAsync(string sessionId)
    {
        var stored = await Store.ReadChunksAsync(new(sessionId), 0, 100_000);
        stored.Select(chunk => chunk.Sequence).ShouldBe(Enumerable.Range(1, stored.Count).Select(n => (long)n));
        return [.. stored.Select(StreamChunkJson.Decode)];
    }

    public async Task<IReadOnlyList<AgentMessage>> MessagesAsync(string sessionId)
    {
        var page = await Store.GetMessagesAsync(new(sessionId), 0, 100_000);
        var run = await Store.GetCurrentRunAsync(new(sessionId));
        Transcript.ShouldBeValid(page.Messages, run is { Status.IsSuspended: true });
        return page.Messages;
    }

    public async Task<IReadOnlyList<RunRecord>> RunsAsync(string sessionId) =>
        (await Store.ListRunsAsync(new(sessionId), new(1_000))).Items;

    public Task StopAsync(CancellationToken cancellationToken = default)
    {
        _isStopped = true;
        return _host.StopAsync(cancellationToken);
    }

    /// <summary>
    /// Ends the host as a kill would, as far as its stores can tell: what it had not stored is lost, and it gives its place
    /// up without ending its runs.
    /// </summary>
    public async Task KillAsync()
    {
        if (Services.GetService<InMemoryNodeDirectory>() is { } nodes)
        {
            nodes.MarkDead(nodes.Self);
            await nodes.FenceDeadNodesAsync();
        }

        _isStopped = true;
        await ((IAsyncDisposable)_host).DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isStopped)
        {
            await StopAsync();
        }

        // The store writes its last when it is disposed of.
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
