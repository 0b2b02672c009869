using Everturn.Agents;
using Everturn.Parity.Tests.Hosts;
using Everturn.Parity.Tests.Matrix;
using Everturn.Parity.Tests.Scenarios;
using Everturn.Sessions;
using Everturn.Testing;
using Everturn.Testing.Crashes;

namespace Everturn.Parity.Tests.Walk;

/// <summary>
/// One session to which things happen in some order, on one host after another. The clock stands still but for what the
/// session needs to come to rest. The model and the tools check what they see; what is stored is checked after each step.
/// </summary>
internal sealed partial class SessionWalk : IAsyncDisposable
{
    private static readonly SessionKey Key = Stopped.Key;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly VirtualTimeProvider _time = new();
    private readonly WalkLog _log = new();
    private readonly List<Follower> _followers = [];
    private readonly ParityCell _cell;
    private readonly IParityStore _store;
    private readonly WalkTools _tools;
    private readonly WalkModel.Script _script;
    private readonly CancellationTokenSource _limit;
    private WalkLife _life = new();
    private ParityHost _host = null!;

    private SessionWalk(ParityCell cell, int seed, CancellationToken cancellationToken)
    {
        _cell = cell;
        _store = cell.CreateStore();
        _tools = new(_log);
        _script = new(Key, seed, _log);
        _limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _limit.CancelAfter(Limit);
    }

    private CancellationToken Token => _limit.Token;

    /// <summary>Takes the walk.</summary>
    /// <param name="cell">Runtime and store.</param>
    /// <param name="seed">What the model says.</param>
    /// <param name="steps">What happens.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <exception cref="ShouldAssertException">Something did not hold.</exception>
    public static async Task TakeAsync(
        ParityCell cell,
        int seed,
        IEnumerable<WalkStep> steps,
        CancellationToken cancellationToken
    )
    {
        await using var walk = new SessionWalk(cell, seed, cancellationToken);
        await walk.StartHostAsync();
        foreach (var step in steps)
        {
            await walk.TickAsync(walk.DoAsync(step));
            if (!step.IsHurried)
            {
                await walk.RestAsync();
                await walk.CheckAsync();
            }
        }

        await walk.EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await EndHostAsync(() => _host.KillAsync());
        await _store.DisposeAsync();
        _limit.Dispose();
    }

    private async Task StartHostAsync()
    {
        var life = _life = new();
        _host = await TickAsync(
            ParityHost.StartAsync(
                _store,
                new WalkModel(life, _script),
                everturn =>
                    everturn
                        .UseRuntime(_cell.Runtime)
                        .ConfigureWorkflows(o => o.ShutdownGrace = TimeSpan.Zero)
                        .AddAgent(_tools.AgentOf(life)),
                _time
            )
        );
        life.Begin(_host);
    }

    private async Task EndHostAsync(Func<Task> end)
    {
        _life.Dispose();
        await TickAsync(end());
    }

    // The clock goes on while something is under way that may wait for it.
    private async Task TickAsync(Task work)
    {
        while (!work.IsCompleted)
        {
            await PauseAsync();
        }

        await work;
    }

    private async Task<T> TickAsync<T>(Task<T> work)
    {
        await TickAsync((Task)work);
        return await work;
    }

    private async Task PauseAsync()
    {
        _time.Advance(Tick);
        await Task.Delay(Pause, TimeProvider.System);
    }

    /// <summary>Waits until nothing happens any more by itself.</summary>
    private async Task RestAsync()
    {
        while (await UnrestAsync() is { } why)
        {
            if (Token.IsCancellationRequested)
            {
                throw new TimeoutException($"The session does not come to rest: {why}");
            }

            await PauseAsync();
        }
    }

    private async Task<string?> UnrestAsync()
    {
        if (await _host.Store.GetSnapshotAsync(Key, 0) is not { Run: { } run } session)
        {
            return null;
        }

        if ((await _host.Store.ListOutboxAsync(1)).Count > 0)
        {
            return "something is in the outbox";
        }

        var queue = await _host.Store.GetQueueAsync(Key);
        if (queue.Count != session.Session.QueuedRuns)
        {
            return "what waits has changed in this moment";
        }

        var isToStop = queue.Any(queued => queued.Policy.Supersedes);
        if (run.Status.IsEnded)
        {
            return queue.Count == 0 || (run.Status.IsSuspended && !isToStop)
                ? null
                : $"run {run.Ordinal} is {run.Status}, {queue.Count} wait";
        }

        var commands = await _host.Store.GetCommandsAsync(Key, run.RunId, 0);
        var stops = commands.Any(command => command.Kind != CommandKind.InterruptAtCheckpoint);
        var held = _life.Holds.Held;
        var open = session.OpenToolCalls.Where(call => call.Status is { HasOutcome: false, IsHeld: false }).ToList();
        var holds =
            session.OpenToolCalls.Count > 0
                ? !stops && open.Count > 0 && open.All(call => held.Contains(call.ToolCallId))
                : held.Contains(Holds.StubbornModel) || (!stops && held.Contains(Holds.Model));
        return holds && (stops || !isToStop)
            ? null
            : $"run {run.Ordinal} of {run.Owner} is {run.Status}, {string.Join(", ", held)} hold";
    }

    private async Task CheckAsync()
    {
        _log.Verify();
        if (await _host.Store.GetSessionAsync(Key, Token) is null)
        {
            return;
        }

        WalkChecks? checks;
        while ((checks = await WalkChecks.ReadAsync(_host.Store, Key, Token)) is null)
        {
            await PauseAsync();
        }

        _log.Add(checks.Violations());
        _log.Verify();
    }

    // All that waits is answered, all that holds goes on, until the session has nothing more to do.
    private async Task EndAsync()
    {
        _script.IsEnding = true;
        _life.Holds.Open();
        await RestAsync();
        while (await _host.Store.GetCurrentRunAsync(Key, Token) is { Status.IsSuspended: true })
        {
            await TickAsync(DoAsync(new(WalkAction.Answer)));
            await TickAsync(DoAsync(new(WalkAction.Resume)));
            await RestAsync();
        }

        await CheckAsync();
        if (await _host.Executor.GetHandleAsync(Key, Token) is { } run)
        {
            await CheckEndAsync(run);
        }

        _log.Verify();
    }

    private async Task CheckEndAsync(AgentHandle run)
    {
        var log = await _host.Store.ReadChunksAsync(Key, 0, int.MaxValue, Token);
        foreach (var after in new[] { 0, log.Count / 3, log.Count - 1, log.Count })
        {
            _followers.Add(new(run, after, Token));
        }

        foreach (var follower in _followers)
        {
            _log.Add(await follower.ViolationsAsync(log, Token));
            _log.Verify();
        }

        _log.Add(await _host.Store.ReadLeftoversAsync(_cell.Runtime, Token));
        _log.Add(await LostAsync());
    }

    // What was accepted is there, once, be it among what was rolled back.
    private async Task<IEnumerable<string>> LostAsync()
    {
        var messages = await _host.Store.GetMessagesAsync(Key, 0, int.MaxValue, Token);
        var voided = await _host.Store.ListVoidedMessagesAsync(Key, new(PageRequest.MaxLimit), Token);
        var texts = messages.Messages.Concat(voided.Items.Select(each => each.Message)).Select(each => each.Content);
        var counts = texts.Where(text => text is not null).CountBy(text => text!).ToDictionary();
        return _accepted
            .Where(text => counts.GetValueOrDefault(text) != 1 && !_withdrawn.Contains(text))
            .Select(text => $"'{text}' was accepted, and is there {counts.GetValueOrDefault(text)} times.");
    }
}
