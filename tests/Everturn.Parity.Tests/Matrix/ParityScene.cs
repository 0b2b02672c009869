using Everturn.Agents;
using Everturn.Parity.Tests.Hosts;
using Everturn.Sessions;
using Everturn.Streaming;
using Everturn.Testing.Models;
using Everturn.Usage;

namespace Everturn.Parity.Tests.Matrix;

/// <summary>Where a scenario plays: a store of its own, a host on it, more if it asks, and a model that all hosts share.</summary>
internal sealed class ParityScene : IAsyncDisposable
{
    /// <summary>The session that scenarios use; more are their own affair.</summary>
    public const string SessionId = "s";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _timeout = new(Limit, TimeProvider.System);
    private readonly List<ParityHost> _hosts = [];
    private readonly ParityCell _cell;
    private readonly Reading _reading;
    private readonly IParityStore _store;
    private readonly ParityScenario _scenario;

    private ParityScene(ParityCell cell, Reading reading, ParityScenario scenario)
    {
        _cell = cell;
        _reading = reading;
        _scenario = scenario;
        _store = cell.CreateStore();
    }

    public ScriptedChatClient Model { get; } = new();

    public ParityHost Host => _hosts[0];

    public ISessionStore Store => Host.Store;

    public CancellationToken Token => _timeout.Token;

    public static async Task<ParityScene> OpenAsync(ParityCell cell, Reading reading, ParityScenario scenario)
    {
        var scene = new ParityScene(cell, reading, scenario);
        await scene.StartHostAsync();
        return scene;
    }

    /// <summary>One more host on the same store, as another process would be.</summary>
    public async Task<ParityHost> StartHostAsync()
    {
        var host = await ParityHost.StartAsync(
            _store,
            Model,
            everturn =>
            {
                everturn.UseRuntime(_cell.Runtime);
                everturn.AddModelPrices(new Dictionary<string, ModelPrice> { ["model"] = new(2m, 10m) });
                foreach (var agent in _scenario.Agents)
                {
                    everturn.AddAgent(agent);
                }

                _scenario.Configure(everturn);
            },
            _scenario.Time
        );
        _hosts.Add(host);
        return host;
    }

    /// <summary>Begins a run on the scene's session.</summary>
    public async Task<AgentHandle<TOutput>> BeginAsync<TOutput>(AgentDefinition<TOutput> agent, AgentInput input)
    {
        var run = await Host.Executor.ExecuteAsync(agent, input, new() { SessionId = SessionId }, Token);
        run.Run.Runtime.ShouldBe(_cell.Runtime);
        return run;
    }

    /// <summary>Begins a run and follows it to its end.</summary>
    public async Task<AgentResult<TOutput>> RunAsync<TOutput>(AgentDefinition<TOutput> agent, AgentInput input) =>
        await EndAsync(await BeginAsync(agent, input));

    /// <summary>Follows a run to its end, streaming or not, and checks what always holds.</summary>
    public async Task<AgentResult<TOutput>> EndAsync<TOutput>(AgentHandle<TOutput> run)
    {
        var seen = new List<long>();
        if (_reading == Reading.Streaming)
        {
            await foreach (var chunk in run.StreamAsync(cancellationToken: Token))
            {
                seen.Add(chunk.Sequence);
            }
        }

        var result = await run.ResultAsync(Token);
        var record = (await Store.GetRunAsync(run.Session, run.RunId, Token))!;
        record.Status.ShouldBe(result.Status);
        if (_reading == Reading.Streaming)
        {
            // Invariant 8: every chunk of the run once and in order, however it came.
            var length = (int)(record.EndSequence!.Value - record.StartSequence + 1);
            seen.ShouldBe(Enumerable.Range(0, length).Select(index => record.StartSequence + index));
        }

        await Host.MessagesAsync(run.SessionId);
        await Host.ChunksAsync(run.SessionId);
        return result;
    }

    /// <summary>Follows a run and checks that it completed.</summary>
    public async Task<TOutput?> CompleteAsync<TOutput>(AgentHandle<TOutput> run)
    {
        var result = await EndAsync(run);
        result.Status.ShouldBe(RunStatus.Completed, result.Error);
        return result.Output;
    }

    public Task<IReadOnlyList<AgentMessage>> MessagesAsync() => Host.MessagesAsync(SessionId);

    public Task<IReadOnlyList<StreamChunk>> ChunksAsync() => Host.ChunksAsync(SessionId);

    public Task<IReadOnlyList<RunRecord>> RunsAsync() => Host.RunsAsync(SessionId);

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        await _store.DisposeAsync();
        _timeout.Dispose();
    }
}
