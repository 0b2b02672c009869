using System.Runtime.CompilerServices;
using Everturn.Agents;
using Everturn.Sessions;
using Everturn.Sessions.Storage;
using Everturn.Sqlite.Engine;
using Everturn.Sqlite.Tests.Engine;
using Everturn.Storage;
using Everturn.Streaming;
using static Everturn.Sqlite.Tests.Sessions.GoldenContent;
using static Everturn.Sqlite.Tests.Sessions.SessionStoreHarness;

namespace Everturn.Sqlite.Tests.Sessions;

/// <summary>
/// What every version wrote stays readable. <c>Golden/sessions-N</c> is a data directory, <c>Golden/sessions-N.txt</c> of
/// the newest holds every column of every row of it; <c>folded</c> is from before chunks were compressed. A change of the
/// schema or of a format gets golden files of its own.
/// </summary>
public sealed class GoldenFileTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5, "-folded")]
    [InlineData(5)]
    public async Task Every_version_can_be_read(int version, string form = "")
    {
        using var directory = new TempDirectory();
        CopyDirectory(Path.Combine(AppContext.BaseDirectory, "Golden", $"sessions-{version}{form}"), directory.Path);
        await using var database = new SqliteDatabase(new SqliteOptions { DataDirectory = directory.Path });
        await database.OpenAsync(Token);

        var store = new SqliteSessionStore(database);
        await AssertContentAsync(store, version);
        if (version >= 3)
        {
            await AssertRewoundAsync(store);
        }
        if (version >= 4)
        {
            await AssertQueueAsync(store);
        }
    }

    [Fact]
    public async Task Version_5_is_what_is_written_to_the_byte()
    {
        await using var harness = await OpenAsync();
        await WriteAsync(harness);
        var expected = await File.ReadAllLinesAsync(
            Path.Combine(AppContext.BaseDirectory, "Golden", "sessions-5.txt"),
            Token
        );

        var written = harness.Database.Storage.Reads.Read(c => TableDump.Read(c, SweeperTests.TablesOfSessions));

        written.ShouldBe(expected);
        await AssertContentAsync(harness.Store, version: 5);
        await AssertRewoundAsync(harness.Store);
        await AssertQueueAsync(harness.Store);
    }

    /// <summary>Run it by hand when there is a new version, never to make the tests above pass.</summary>
    [Fact(Explicit = true)]
    public async Task Write_the_golden_files()
    {
        var golden = Path.Combine(SourceDirectory(), "..", "Golden", "sessions-5");
        Directory.CreateDirectory(golden);
        await using var harness = await OpenAsync();
        await WriteAsync(harness);
        var lines = harness.Database.Storage.Reads.Read(c => TableDump.Read(c, SweeperTests.TablesOfSessions));
        await File.WriteAllLinesAsync(golden + ".txt", lines, Token);
        CopyDirectory(Path.Combine(harness.Path, "blobs", "sessions"), Path.Combine(golden, "blobs", "sessions"));
        await harness.Database.DisposeAsync();

        using var connection = new DatabaseFile(Path.Combine(harness.Path, "everturn.db")).OpenWriter();
        foreach (var table in WorkflowTables(connection))
            connection.ExecuteOnce($"DROP TABLE {table}");
        connection.ExecuteOnce("DELETE FROM schema_versions WHERE store = 'workflows'; DELETE FROM nodes");
        File.Delete(Path.Combine(golden, "everturn.db"));
        connection.ExecuteOnce($"VACUUM INTO '{Path.Combine(golden, "everturn.db")}'");
    }

    private static async Task WriteAsync(SessionStoreHarness harness)
    {
        await harness.Database.Storage.Committer.CommitAsync(new JoinCommit(Node, 0, static _ => { }), Token);
        foreach (var commit in Commits.Concat(GoldenRewind.Commits).Concat(GoldenQueue.Commits))
            (await harness.CommitAsync(commit)).Outcome.ShouldBe(SessionCommitOutcome.Applied);
    }

    private static async Task AssertContentAsync(SqliteSessionStore store, int version)
    {
        var snapshot = (await store.GetSnapshotAsync(GoldenKey, 10, Token)).ShouldNotBeNull();
        AssertSession(snapshot.Session);
        AssertRun(snapshot.Run.ShouldNotBeNull(), server: version == 1 ? null : "support");
        (await store.GetInfoAsync(GoldenKey, Token)).ShouldBe(new StreamInfo(StreamStatus.Paused, 1, 3));
        Text(snapshot.State).ShouldBe("""{"a":1}""");
        snapshot
            .Messages.Messages.Select(message => Text(MessageJson.Encode(message)))
            .ShouldBe(StartMessages.Concat(StepMessages).Select(message => Text(MessageJson.Encode(message))));
        snapshot.Messages.Messages.ShouldAllBe(message => message.RunId == RunId);
        snapshot.Messages.Messages[^1].CreatedAt.ShouldBe(Start + TimeSpan.FromSeconds(1));

        var chunks = await store.ReadChunksAsync(GoldenKey, 0, 10, Token);
        chunks
            .Select(chunk => (chunk.Sequence, Text(chunk.Json)))
            .ShouldBe([
                (1, """{"type":"from_a_newer_version"}"""),
                (2, """{"type":"text_delta"}"""),
                (3, """{"type":"step_committed"}"""),
            ]);

        var call = (await store.GetToolCallsAsync(GoldenKey, RunId, Token)).ShouldHaveSingleItem();
        WithoutContent(call).ShouldBe(WithoutContent(Call));
        ContentOf(call).ShouldBe(ContentOf(Call));
        (await store.GetEntriesAsync(GoldenKey, new PageRequest(), Token)).Items.ShouldBe(UsageEntries);
        var command = (await store.GetCommandsAsync(GoldenKey, RunId, 0, Token)).ShouldHaveSingleItem();
        (command.Revision, command.Kind, command.Reason, Text(command.Content), command.CreatedAt).ShouldBe(
            (1, CommandKind.Steer, "because", "\"left\"", Start)
        );
        (await store.ListOpenCommandsAsync(Token)).ShouldBeEmpty();
        var checkpoint = (await store.GetCheckpointAsync(GoldenKey, "cp-1", Token)).ShouldNotBeNull();
        Text(checkpoint.State).ShouldBe("""{"a":1}""");
        (checkpoint with { State = default }).ShouldBe(
            new CheckpointRecord
            {
                CheckpointId = "cp-1",
                RunId = RunId,
                StepCount = 1,
                MessageCount = 4,
                Sequence = 3,
                Status = RunStatus.Running,
                CreatedAt = Start,
            }
        );
        var entry = (await store.ListOutboxAsync(10, Token)).ShouldHaveSingleItem();
        (entry.Session, entry.Kind, entry.InstanceId, entry.Token, entry.WorkflowName).ShouldBe(
            (GoldenKey, OutboxKind.StartInstance, "agent__assistant__golden", RunId, "agent-run")
        );
        Text(entry.Parameters).ShouldBe($$"""{"tenant":"tenant","sessionId":"golden","runId":"{{RunId}}"}""");
        var suspension = (await store.GetSuspensionAsync(GoldenKey, RunId, Token)).ShouldNotBeNull();
        (suspension.Kind, suspension.Step, suspension.ExpiresAt).ShouldBe((RunStatus.SuspendedClientTool, 2, Ends));
        (suspension.ToolCallIds[0], suspension.ChildSessionIds[0]).ShouldBe(("call-2", "child"));
        var pending = (await store.GetPendingCallsAsync(GoldenKey, RunId, Token)).ShouldHaveSingleItem();
        (pending.ToolName, pending.DecidedBy, pending.DecidedAt, Text(pending.Response!.Value)).ShouldBe(
            ("send", "somebody", Ends, "\"yes\"")
        );
        // Before there was a status, an answer was one.
        pending.Status.ShouldBe(version < 3 ? PendingCallStatus.Answered : PendingCallStatus.Pending);
        (pending.Reason, pending.OnExpiry, pending.Sensitive, pending.Workflow, pending.GrantedUntil).ShouldBe(
            version < 5
                ? (null, ExpiryOutcome.Deny, false, null, null)
                : ("because", ExpiryOutcome.Error, true, "onboarding", Ends)
        );
        suspension.ResumesItself.ShouldBe(version >= 5);
        (await store.GetStartStateAsync(GoldenKey, RunId, Token)).ShouldNotBeNull().IsEmpty.ShouldBeTrue();
        var tagged = await store.ListSessionsAsync(new SessionQuery { Tenant = "tenant", Tag = "rot" }, Token);
        tagged.Items.ShouldHaveSingleItem().Key.ShouldBe(GoldenKey);
    }

    private static async Task AssertRewoundAsync(SqliteSessionStore store)
    {
        var snapshot = (await store.GetSnapshotAsync(GoldenRewind.Key, 10, Token)).ShouldNotBeNull();
        snapshot.Messages.Messages.Select(message => message.Content).ShouldBe(["one", "another two", "three"]);
        Text(snapshot.State).ShouldBe("""{"a":1}""");
        var run = snapshot.Run.ShouldNotBeNull();
        (run.RunId, run.ParentRunId, run.StartMessageCount, run.InputMessageCount).ShouldBe(("run-2", "run-1", 1, 2));
        Text((await store.GetStartStateAsync(GoldenRewind.Key, "run-2", Token))!.Value).ShouldBe("""{"a":1}""");
        var voided = (await store.ListVoidedMessagesAsync(GoldenRewind.Key, new PageRequest(), Token)).Items;
        var message = voided.ShouldHaveSingleItem();
        (
            message.Message.Content,
            message.Message.RunId,
            message.Position,
            message.VoidedByRunId,
            message.VoidedAt
        ).ShouldBe(("two", "run-1", 1, "run-2", Start));
        (await store.GetCheckpointAsync(GoldenRewind.Key, "cp-2", Token))!.IsVoided.ShouldBeTrue();
        (await store.GetPendingCallAsync(GoldenRewind.Key, "approval-2", Token)).ShouldBe(
            GoldenRewind.Call with
            {
                AgentType = "assistant",
                Status = PendingCallStatus.Withdrawn,
                DecidedAt = Start,
            }
        );
    }

    private static async Task AssertQueueAsync(SqliteSessionStore store)
    {
        var queued = (await store.GetQueueAsync(GoldenQueue.Key, Token)).ShouldHaveSingleItem();
        (Text(queued.StateChange), queued.Messages[0].Content).ShouldBe(("""{"a":1}""", "two"));
        (queued with { StateChange = default, Messages = [] }).ShouldBe(
            new QueuedRun
            {
                Session = GoldenQueue.Key,
                RunId = "queued-2",
                Policy = DoubleTexting.Steer,
                Position = 3,
                TargetRunId = "run-1",
                TargetTurn = 1,
                AgentType = "assistant",
                RequestId = "request-queued-2",
                BodyHash = "hash",
                Server = "support",
                TraceParent = "00-trace",
                CreatedAt = Start,
            }
        );
        var withdrawn = (
            await store.GetRunByRequestAsync(GoldenQueue.Key, "request-queued-1", Token)
        ).ShouldNotBeNull();
        (withdrawn.RunId, withdrawn.Status, withdrawn.Reason, withdrawn.Error, withdrawn.EndedAt).ShouldBe(
            ("queued-1", RunStatus.Failed, "aborted", "gone", Start)
        );
        (await store.GetSessionAsync(GoldenQueue.Key, Token))!.QueuedRuns.ShouldBe(1);
    }

    private static void AssertSession(SessionRecord session)
    {
        session.Tags.ShouldBe(["blue", "rot"]);
        session.Metadata.ShouldBe(new Dictionary<string, string> { ["k"] = "v" });
        string[] noTags = [];
        var noMetadata = new Dictionary<string, string>();
        (session with { Tags = noTags, Metadata = noMetadata }).ShouldBe(
            new SessionRecord
            {
                Key = GoldenKey,
                AgentType = "assistant",
                Title = "Titel",
                UserId = "user",
                Tags = noTags,
                Metadata = noMetadata,
                Status = SessionStatus.Active,
                MessageCount = 4,
                LastSequence = 3,
                RunOrdinal = 1,
                Turn = 1,
                CurrentRunId = RunId,
                StepCount = 1,
                Version = 4,
                RootSessionId = "root",
                ParentSessionId = "parent",
                ForkedFrom = "other#cp",
                CreatedAt = Start,
                UpdatedAt = Start + TimeSpan.FromSeconds(1),
                ExpiresAt = Ends,
            }
        );
    }

    private static void AssertRun(RunRecord run, string? server)
    {
        Text(run.Output!.Value).ShouldBe("\"partly\"");
        (run with { Output = null }).ShouldBe(
            new RunRecord
            {
                Session = GoldenKey,
                RunId = RunId,
                Ordinal = 1,
                Turn = 1,
                Trigger = RunTrigger.Execute,
                ParentRunId = "parent-run",
                RequestId = "request",
                BodyHash = "hash",
                InstanceId = "agent__assistant__golden",
                AgentType = "assistant",
                DefinitionVersion = "v1",
                Runtime = "workflow",
                Server = server,
                Status = RunStatus.SuspendedClientTool,
                Reason = "waits",
                Error = "none really",
                StartSequence = 1,
                EndSequence = 3,
                InputMessageCount = 2,
                StepCount = 1,
                Owner = new Fence(Node, 1),
                CommandRevision = 1,
                CreatedAt = Start,
                StartedAt = Start,
                EndedAt = Start + TimeSpan.FromSeconds(1),
                Deadline = Ends,
                TraceParent = "00-trace",
            }
        );
    }

    private static ToolCallRecord WithoutContent(ToolCallRecord call) =>
        call with
        {
            Arguments = default,
            Result = default,
            StagedChange = default,
        };

    private static string ContentOf(ToolCallRecord call) =>
        $"{Text(call.Arguments)} {Text(call.Result)} {Text(call.StagedChange)}";

    private static List<string> WorkflowTables(SqliteConnection connection)
    {
        List<string> tables = [];
        using var rows = connection.Prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'workflow%'"
        );
        while (rows.Read())
            tables.Add(rows.Text(0));
        return tables;
    }

    private static void CopyDirectory(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static string SourceDirectory([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
