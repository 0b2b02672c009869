using Everturn.Agents;
using Everturn.Memory;
using Everturn.Sessions;
using Everturn.Streaming;
using Everturn.Testing.Hosting;
using Everturn.Testing.Models;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Everturn.Testing;

/// <summary>
/// A host for tests of agents: in memory unless another store is configured, and with a scripted model.
/// <code>
/// await using var host = await AgentTestHost.StartAsync(everturn => everturn.AddAgent(Agent));
/// host.Model.Enqueue(ScriptedReply.ToolCall("search"), "Found it.");
/// var result = await host.RunAsync(Agent, "Where is it?");
/// </code>
/// </summary>
public sealed class AgentTestHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly Action<EverturnBuilder> _configure;
    private readonly SharedMemory _memory;
    private bool _isDown;

    private AgentTestHost(
        IHost host,
        Action<EverturnBuilder> configure,
        SharedMemory memory,
        ScriptedChatClient model,
        TimeProvider time
    )
    {
        _host = host;
        _configure = configure;
        _memory = memory;
        Model = model;
        Time = time;
    }

    /// <summary>The model, unless another <see cref="IChatClient"/> was configured.</summary>
    public ScriptedChatClient Model { get; }

    /// <summary>The host's clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>The host's services.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>Begins and finds runs.</summary>
    public IAgentExecutor Executor => Services.GetRequiredService<IAgentExecutor>();

    /// <summary>What is stored.</summary>
    public ISessionStore Store => Services.GetRequiredService<ISessionStore>();

    /// <summary>Starts a host.</summary>
    /// <param name="configure">Adds agents, and whatever else the test needs; services are at <see cref="EverturnBuilder.Services"/>.</param>
    /// <param name="model">The model; null for one without a script yet.</param>
    /// <param name="time">The clock; null for the system's. A <see cref="VirtualTimeProvider"/> stands still until it is told.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    public static Task<AgentTestHost> StartAsync(
        Action<EverturnBuilder> configure,
        ScriptedChatClient? model = null,
        TimeProvider? time = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(configure);
        return StartAsync(
            configure,
            new SharedMemory(),
            model ?? new(),
            time ?? TimeProvider.System,
            cancellationToken
        );
    }

    /// <summary>Starts another host on the same stores, with the same model and clock, as a second process would be.</summary>
    /// <param name="cancellationToken">Gives up starting.</param>
    public Task<AgentTestHost> JoinAsync(CancellationToken cancellationToken = default) =>
        StartAsync(_configure, _memory, Model, Time, cancellationToken);

    /// <summary>
    /// Ends the host as a kill would, as far as the stores can tell: what it had not stored is lost, and hosts that
    /// share the stores take over. For stores in memory; the crash kit kills real processes.
    /// </summary>
    /// <exception cref="InvalidOperationException">The stores are not in memory.</exception>
    public async Task KillAsync()
    {
        var nodes =
            Services.GetService<InMemoryNodeDirectory>()
            ?? throw new InvalidOperationException("Only a host on stores in memory can be killed like this.");
        nodes.MarkDead(nodes.Self);
        await _memory.Nodes.FenceDeadNodesAsync().ConfigureAwait(false);
        await DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Executes a run and waits for its end.</summary>
    /// <typeparam name="TOutput">The agent's output.</typeparam>
    /// <param name="agent">The agent.</param>
    /// <param name="input">The user's message, or more.</param>
    /// <param name="sessionId">The session. Default <c>test</c>; the same one again is its next turn.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<AgentResult<TOutput>> RunAsync<TOutput>(
        AgentDefinition<TOutput> agent,
        AgentInput input,
        string sessionId = "test",
        CancellationToken cancellationToken = default
    )
    {
        var run = await Executor
            .ExecuteAsync(agent, input, new() { SessionId = sessionId }, cancellationToken)
            .ConfigureAwait(false);
        return await run.ResultAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The transcript of a session.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<IReadOnlyList<AgentMessage>> MessagesAsync(
        string sessionId = "test",
        CancellationToken cancellationToken = default
    )
    {
        var page = await Store
            .GetMessagesAsync(new(sessionId), 0, int.MaxValue, cancellationToken)
            .ConfigureAwait(false);
        return page.Messages;
    }

    /// <summary>All chunks of a session.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<IReadOnlyList<StreamChunk>> ChunksAsync(
        string sessionId = "test",
        CancellationToken cancellationToken = default
    )
    {
        var chunks = await Store
            .ReadChunksAsync(new(sessionId), 0, int.MaxValue, cancellationToken)
            .ConfigureAwait(false);
        return [.. chunks.Select(StreamChunkJson.Decode)];
    }

    /// <summary>Stops the host.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_isDown)
        {
            _isDown = true;
            await _host.StopAsync().ConfigureAwait(false);
            _host.Dispose();
        }
    }

    private static async Task<AgentTestHost> StartAsync(
        Action<EverturnBuilder> configure,
        SharedMemory memory,
        ScriptedChatClient model,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var host = HostStarter.Build(configure, memory, time, services => services.AddSingleton<IChatClient>(model));
        await host.StartAsync(cancellationToken).ConfigureAwait(false);
        return new(host, configure, memory, model, time);
    }
}
