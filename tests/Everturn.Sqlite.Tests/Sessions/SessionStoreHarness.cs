using System.Text;
using Everturn.Sessions;
using Everturn.Sqlite.Engine;
using Everturn.Sqlite.Sessions;
using Everturn.Sqlite.Tests.Engine;
using Everturn.Storage;

namespace Everturn.Sqlite.Tests.Sessions;

/// <summary>A session store in a directory of its own, with short forms of the usual commits.</summary>
internal sealed class SessionStoreHarness : IAsyncDisposable
{
    public static readonly SessionKey Key = new("s-1");
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TempDirectory _directory = new();
    private readonly ICoLocatedInstances? _instances;
    private readonly Action<SqliteOptions>? _configure;
    private readonly StorageServices _services;

    private SessionStoreHarness(
        StorageServices? services,
        ICoLocatedInstances? instances,
        Action<SqliteOptions>? configure
    )
    {
        _services = services ?? new StorageServices();
        _instances = instances;
        _configure = configure;
        (Database, Store) = Create();
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public string Path => _directory.Path;

    public SqliteDatabase Database { get; private set; }

    public SqliteSessionStore Store { get; private set; }

    public NodeIdentity Self => Database.Nodes.Self;

    public static async Task<SessionStoreHarness> OpenAsync(
        StorageServices? services = null,
        ICoLocatedInstances? instances = null,
        Action<SqliteOptions>? configure = null
    )
    {
        var harness = new SessionStoreHarness(services, instances, configure);
        await harness.Database.OpenAsync(Token);
        return harness;
    }

    /// <summary>Another store on the same directory, as another process would have.</summary>
    public async Task<(SqliteDatabase Database, SqliteSessionStore Store)> OpenAnotherAsync()
    {
        var another = Create();
        await another.Database.OpenAsync(Token);
        return another;
    }

    public async Task ReopenAsync()
    {
        await Database.DisposeAsync();
        (Database, Store) = Create();
        await Database.OpenAsync(Token);
    }

    public Task<SessionCommitResult> CommitAsync(SessionCommit commit) => Store.CommitAsync(commit, Token).AsTask();

    public async Task<RunRecord> StartRunAsync(string runId = "r-1", SessionKey? key = null, string text = "hello")
    {
        var result = await CommitAsync(StartOf(runId, key ?? Key, text, Self));
        result.Outcome.ShouldBe(SessionCommitOutcome.Applied);
        return result.Run!;
    }

    public async Task<RunRecord> EndRunAsync(RunRecord run, DateTimeOffset? at = null)
    {
        var result = await CommitAsync(EndOf(run, at ?? Start));
        result.Outcome.ShouldBe(SessionCommitOutcome.Applied);
        return result.Run!;
    }

    public long Count(string sql) => Database.Storage.Reads.Read(connection => connection.QueryLong(sql))!.Value;

    public static SessionCommit StartOf(
        string runId,
        SessionKey key,
        string text,
        NodeIdentity? owner,
        string? workflow = null
    ) =>
        new()
        {
            Session = key,
            Kind = CommitKind.RunStart,
            At = Start,
            NewSession = new NewSession { AgentType = "assistant" },
            NewRun = new NewRun
            {
                RunId = runId,
                Trigger = RunTrigger.Execute,
                Runtime = "workflow",
                Owner = owner,
                WorkflowName = workflow,
            },
            Messages = [AgentMessage.FromUser(text)],
        };

    public static SessionCommit FlushOf(RunRecord run, params string[] deltas) =>
        new()
        {
            Session = run.Session,
            Kind = CommitKind.DeltaFlush,
            At = Start,
            RunId = run.RunId,
            Fence = run.Owner,
            Step = 1,
            Chunks = [.. deltas.Select(delta => Json($"{{\"type\":\"text_delta\",\"delta\":\"{delta}\"}}"))],
        };

    public static SessionCommit EndOf(RunRecord run, DateTimeOffset at) =>
        new()
        {
            Session = run.Session,
            Kind = CommitKind.RunEnd,
            At = at,
            RunId = run.RunId,
            Fence = run.Owner,
            Step = 1,
            Messages = [new AgentMessage { Role = MessageRole.Assistant, Content = "done" }],
            Chunks = [Json("{\"type\":\"step_committed\"}")],
            RunChange = new RunChange { Status = RunStatus.Completed, Output = Json("\"done\"") },
            Checkpoint = new CheckpointRecord
            {
                CheckpointId = $"cp-{run.RunId}",
                RunId = run.RunId,
                StepCount = 1,
                Status = RunStatus.Completed,
                CreatedAt = at,
            },
        };

    public static ReadOnlyMemory<byte> Json(string json) => Encoding.UTF8.GetBytes(json);

    public static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _directory.Dispose();
    }

    private (SqliteDatabase Database, SqliteSessionStore Store) Create()
    {
        var options = new SqliteOptions
        {
            DataDirectory = _directory.Path,
            ChangePollInterval = TimeSpan.FromMilliseconds(50),
        };
        _configure?.Invoke(options);
        var database = new SqliteDatabase(options, _services);
        return (database, new SqliteSessionStore(database, limits: null, _instances));
    }
}
