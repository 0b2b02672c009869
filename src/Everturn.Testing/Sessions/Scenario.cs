using System.Globalization;
using System.Runtime.CompilerServices;
using Everturn.Sessions;
using Everturn.Storage;

namespace Everturn.Testing.Sessions;

/// <summary>One session of a conformance case: builds commits, keeps time and remembers the current run.</summary>
internal sealed class Scenario(SessionStoreFixture fixture, string sessionId = "s-1", string tenant = "")
{
    private int _runs;
    private int _checkpoints;

    public ISessionStore Store => fixture.Store;

    public SessionStoreFixture Fixture => fixture;

    public SessionKey Key { get; } = new(tenant, sessionId);

    /// <summary>The time of the last commit; each is a second after the one before.</summary>
    public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public string RunId { get; private set; } = "";

    public Fence? Fence { get; private set; }

    public SessionCommit Commit(CommitKind kind = CommitKind.SessionUpdate)
    {
        Now += TimeSpan.FromSeconds(1);
        return new()
        {
            Session = Key,
            Kind = kind,
            At = Now,
        };
    }

    /// <summary>A commit of the current run's owner.</summary>
    public SessionCommit Work(CommitKind kind = CommitKind.DeltaFlush) =>
        Commit(kind) with
        {
            RunId = RunId,
            Fence = Fence,
        };

    /// <summary>A commit that begins the next run, in a new or existing session.</summary>
    public SessionCommit Start(RunTrigger? trigger = null, NodeIdentity? owner = null) =>
        Commit(CommitKind.RunStart) with
        {
            NewSession = new() { AgentType = Sample.Agent },
            NewRun = new()
            {
                RunId = string.Create(CultureInfo.InvariantCulture, $"{Key.SessionId}-run-{++_runs}"),
                Trigger = trigger ?? RunTrigger.Execute,
                Runtime = Sample.Runtime,
                Owner = owner,
            },
            Messages = [AgentMessage.FromUser("hello")],
        };

    public SessionCommit Flush(params string[] deltas) =>
        Work() with
        {
            Step = 1,
            Chunks = [.. deltas.Select(Sample.Chunk)],
        };

    public SessionCommit Step(params string[] deltas) =>
        Work(CommitKind.StepCommit) with
        {
            Chunks = [.. deltas.Select(Sample.Chunk)],
            Checkpoint = Checkpoint(),
        };

    public SessionCommit End(RunStatus status) =>
        Work(CommitKind.RunEnd) with
        {
            RunChange = new() { Status = status },
        };

    public CheckpointRecord Checkpoint() =>
        new()
        {
            CheckpointId = string.Create(CultureInfo.InvariantCulture, $"cp-{Key.SessionId}-{++_checkpoints}"),
            RunId = RunId,
            StepCount = _checkpoints,
            State = Sample.Json("state"),
            Status = RunStatus.Running,
            CreatedAt = Now,
        };

    /// <summary>Expects the commit to be applied.</summary>
    public async Task<SessionCommitResult> ApplyAsync(
        SessionCommit commit,
        [CallerArgumentExpression(nameof(commit))] string what = ""
    )
    {
        var result = await ExpectAsync(SessionCommitOutcome.Applied, commit, what).ConfigureAwait(false);
        if (result.Run is { } run && run.RunId == result.Session?.CurrentRunId)
        {
            RunId = run.RunId;
            Fence = run.Owner;
        }

        return result;
    }

    public async Task<SessionCommitResult> ExpectAsync(
        SessionCommitOutcome outcome,
        SessionCommit commit,
        [CallerArgumentExpression(nameof(commit))] string what = ""
    )
    {
        var result = await Store.CommitAsync(commit).ConfigureAwait(false);
        Expect.Equal(outcome, result.Outcome, $"Outcome of {what}");
        return result;
    }

    /// <summary>Begins a run.</summary>
    public async Task<RunRecord> StartAsync(NodeIdentity? owner = null) =>
        (await ApplyAsync(Start(owner: owner)).ConfigureAwait(false)).Run!;

    /// <summary>Begins a run that a new node owns.</summary>
    public async Task<RunRecord> StartOwnedAsync() =>
        await StartAsync(await fixture.AddNodeAsync().ConfigureAwait(false)).ConfigureAwait(false);

    public Task EndAsync(RunStatus status) => ApplyAsync(End(status));

    public async Task<SessionRecord> SessionAsync() =>
        Expect.NotNull(await Store.GetSessionAsync(Key).ConfigureAwait(false), "The session");

    public async Task<RunRecord> CurrentRunAsync() =>
        Expect.NotNull(await Store.GetCurrentRunAsync(Key).ConfigureAwait(false), "The current run");

    public Task<IReadOnlyList<string>> DumpAsync() => StoreDump.ReadAsync(Store, [Key]);
}
