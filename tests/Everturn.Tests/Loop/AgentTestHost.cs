using Everturn.Agents;
using Everturn.Sessions;
using Everturn.Streaming;
using Everturn.Testing.Models;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Everturn.Tests.Loop;

/// <summary>A host with agents on in-memory stores and a scripted model.</summary>
internal sealed class AgentTestHost : IAsyncDisposable
{
    private readonly IHost _host;

    private AgentTestHost(IHost host, ScriptedChatClient model)
    {
        _host = host;
        Model = model;
    }

    public ScriptedChatClient Model { get; }

    public IServiceProvider Services => _host.Services;

    public IAgentExecutor Executor => Services.GetRequiredService<IAgentExecutor>();

    public ISessionStore Store => Services.GetRequiredService<ISessionStore>();

    public static async Task<AgentTestHost> StartAsync(params AgentDefinition[] agents)
    {
        var model = new ScriptedChatClient();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging();
        builder.Services.AddSingleton<IChatClient>(model);
        var everturn = builder.Services.AddEverturn().UseInMemory();
        foreach (var agent in agents)
        {
            everturn.AddAgent(agent);
        }

        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new(host, model);
    }

    public async Task<IReadOnlyList<StreamChunk>> ChunksAsync(string sessionId)
    {
        var stored = await Store.ReadChunksAsync(new(sessionId), 0, 100_000);
        stored.Select(chunk => chunk.Sequence).ShouldBe(Enumerable.Range(1, stored.Count).Select(n => (long)n));
        return stored.Select(StreamChunkJson.Decode).ToList();
    }

    public async Task<IReadOnlyList<AgentMessage>> MessagesAsync(string sessionId)
    {
        var page = await Store.GetMessagesAsync(new(sessionId), 0, 100_000);
        Transcript.ShouldBeValid(page.Messages);
        return page.Messages;
    }

    public async Task<IReadOnlyList<RunRecord>> RunsAsync(string sessionId) =>
        (await Store.ListRunsAsync(new(sessionId), new(1_000))).Items;

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }
}
