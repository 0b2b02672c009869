using System.Text.Json;
using Everturn.Sessions;
using Everturn.Sessions.Storage;
using Everturn.Streaming;

namespace Everturn.Testing.Sessions.Cases;

/// <summary>Messages, tool calls, state, checkpoints and snapshots.</summary>
internal static class ContentCases
{
    public static IEnumerable<SessionStoreCase> All =>
        [
            new("Messages keep all they have, and get run and time", MessagesRoundTrip),
            new("A transcript is read in parts, oldest first", ReadsTranscript),
            new("Tool calls are replaced by run, step and index, and come in order", ToolCallsAreReplaced),
            new("State is replaced as a whole", StateIsReplaced),
            new("A checkpoint gets message count and sequence, and counts a step", CheckpointsAreCompleted),
            new("Checkpoints are listed newest first and found by id", ListsCheckpoints),
            new("A snapshot is of one moment, and a reader goes on after it", SnapshotIsConsistent),
            new("A snapshot under concurrent commits has neither gap nor tear", SnapshotUnderLoad),
            new("Unknown statuses and roles round-trip", UnknownValuesRoundTrip),
        ];

    private static async Task MessagesRoundTrip(SessionStoreFixture fixture)
    {
        using var json = JsonDocument.Parse("""{"query":"a \u00e9 <b>","n":1.50,"deep":{"x":[1,null,true]}}""");
        AgentMessage[] messages =
        [
            new()
            {
                Role = MessageRole.User,
                Content = "line\nbreak, \"quotes\", ünïcödé 🚀, \u0001",
                Metadata = new Dictionary<string, JsonElement>
                {
                    ["hidden"] = json.RootElement.GetProperty("n").Clone(),
                },
                Files = [new("data:text/plain;base64,QQ==", "text/plain", "a.txt")],
            },
            new()
            {
                Role = MessageRole.Assistant,
                ToolCalls = [new("call-1", "search", json.RootElement.Clone())],
                Thinking = "hm",
                ThinkingSignature = "sig",
                Partial = true,
            },
            new()
            {
                Role = MessageRole.Tool,
                Content = "{}",
                ToolCallId = "call-1",
                ToolName = "search",
                IsError = true,
            },
            new()
            {
                Role = MessageRole.System,
                Content = "",
                RunId = "another-run",
                CreatedAt = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero),
            },
            new() { Role = new("oracle"), Content = "unknown role" },
        ];
        var s = new Scenario(fixture);
        var commit = s.Start() with { Messages = messages };
        var run = (await s.ApplyAsync(commit).ConfigureAwait(false)).Run!;
        await fixture.ReopenAsync().ConfigureAwait(false);
        var page = await s.Store.GetMessagesAsync(s.Key, 0, 10).ConfigureAwait(false);
        Expect.Sequence(
            messages.Select(message =>
                Describe(
                    message with
                    {
                        RunId = message.RunId ?? run.RunId,
                        CreatedAt = message.CreatedAt ?? commit.At,
                    }
                )
            ),
            page.Messages.Select(Describe),
            "messages"
        );
    }

    private static async Task ReadsTranscript(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await s.StartOwnedAsync().ConfigureAwait(false);
        for (var number = 1; number < 7; number += 2)
        {
            await s.ApplyAsync(
                    s.Work() with
                    {
                        Messages = [AgentMessage.FromUser($"{number}"), AgentMessage.FromUser($"{number + 1}")],
                    }
                )
                .ConfigureAwait(false);
        }

        foreach (
            var (offset, limit) in new[] { (0, 7), (0, 3), (3, 3), (6, 3), (7, 3), (9, 1), (2, 0), (1, int.MaxValue) }
        )
        {
            var page = await s.Store.GetMessagesAsync(s.Key, offset, limit).ConfigureAwait(false);
            var what = $"messages from {offset}, at most {limit}";
            Expect.Equal((offset, 7), (page.Offset, page.Total), what);
            Expect.Sequence(
                Enumerable.Range(0, 7).Skip(offset).Take(limit).Select(number => number == 0 ? "hello" : $"{number}"),
                page.Messages.Select(message => message.Content!),
                what
            );
            Expect.Equal(offset + page.Messages.Count < 7, page.HasMore, what);
        }

        await Expect.InvalidAsync("offset", () => s.Store.GetMessagesAsync(s.Key, -1, 1)).ConfigureAwait(false);
        await Expect.InvalidAsync("limit", () => s.Store.GetMessagesAsync(s.Key, 0, -1)).ConfigureAwait(false);
        await Expect.InvalidAsync("limit", () => s.Store.GetSnapshotAsync(s.Key, -1)).ConfigureAwait(false);
    }

    private static async Task ToolCallsAreReplaced(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        var run = await s.StartOwnedAsync().ConfigureAwait(false);
        var done = Sample.ToolCall(run.RunId, 1, 1, ToolCallStatus.Succeeded) with
        {
            Arguments = Sample.Json("arguments"),
            Result = Sample.Json("result"),
            StagedChange = "[]"u8.ToArray(),
            Attempt = 2,
            Sensitive = true,
            CreatedAt = s.Now,
            EndedAt = s.Now,
        };
        await s.ApplyAsync(
                s.Work() with
                {
                    ToolCalls =
                    [
                        Sample.ToolCall(run.RunId, 2, 0, ToolCallStatus.Pending),
                        Sample.ToolCall(run.RunId, 1, 1, ToolCallStatus.Pending),
                        Sample.ToolCall(run.RunId, 1, 0, ToolCallStatus.Started),
                    ],
                }
            )
            .ConfigureAwait(false);
        await s.ApplyAsync(s.Work() with { ToolCalls = [done] }).ConfigureAwait(false);
        var calls = await s.Store.GetToolCallsAsync(s.Key, run.RunId).ConfigureAwait(false);
        Expect.Sequence(
            [(1, 0, ToolCallStatus.Started), (1, 1, ToolCallStatus.Succeeded), (2, 0, ToolCallStatus.Pending)],
            calls.Select(call => (call.Step, call.Index, call.Status)),
            "tool calls"
        );
        var stored = calls[1];
        Expect.Equal("\"arguments\"", Sample.Text(stored.Arguments));
        Expect.Equal("\"result\"", Sample.Text(stored.Result));
        Expect.Equal("[]", Sample.Text(stored.StagedChange));
        Expect.Equal(
            done with
            {
                Arguments = default,
                Result = default,
                StagedChange = default,
            },
            stored with
            {
                Arguments = default,
                Result = default,
                StagedChange = default,
            }
        );
    }

    private static async Task StateIsReplaced(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await s.StartOwnedAsync().ConfigureAwait(false);
        Expect.Equal("", await StateAsync().ConfigureAwait(false));
        await s.ApplyAsync(s.Work() with { State = """{"a":1}"""u8.ToArray() }).ConfigureAwait(false);
        await s.ApplyAsync(s.Flush("a")).ConfigureAwait(false);
        Expect.Equal("""{"a":1}""", await StateAsync().ConfigureAwait(false));
        await s.ApplyAsync(s.Work() with { State = """{"b":2}"""u8.ToArray() }).ConfigureAwait(false);
        Expect.Equal("""{"b":2}""", await StateAsync().ConfigureAwait(false));
        await s.ApplyAsync(s.Work() with { State = ReadOnlyMemory<byte>.Empty }).ConfigureAwait(false);
        Expect.Equal("", await StateAsync().ConfigureAwait(false));

        async Task<string> StateAsync() =>
            Sample.Text((await s.Store.GetSnapshotAsync(s.Key, 0).ConfigureAwait(false))!.State);
    }

    private static async Task CheckpointsAreCompleted(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await s.StartOwnedAsync().ConfigureAwait(false);
        await s.ApplyAsync(s.Step("a", "b") with { Messages = [AgentMessage.FromUser("x")] }).ConfigureAwait(false);
        await s.ApplyAsync(s.Step("c")).ConfigureAwait(false);
        await s.EndAsync(RunStatus.Completed).ConfigureAwait(false);
        await s.StartOwnedAsync().ConfigureAwait(false);
        var commit = s.Step("d");
        await s.ApplyAsync(commit).ConfigureAwait(false);

        var id = commit.Checkpoint!.CheckpointId;
        var stored = Expect.NotNull(await s.Store.GetCheckpointAsync(s.Key, id).ConfigureAwait(false), id);
        Expect.Equal((3, 4L), (stored.MessageCount, stored.Sequence));
        Expect.Equal("\"state\"", Sample.Text(stored.State));
        Expect.Equal(
            commit.Checkpoint with
            {
                MessageCount = 3,
                Sequence = 4,
                State = default,
            },
            stored with
            {
                State = default,
            }
        );
        Expect.Equal(3, (await s.SessionAsync().ConfigureAwait(false)).StepCount, "steps of the session");
        Expect.Equal(1, (await s.CurrentRunAsync().ConfigureAwait(false)).StepCount, "steps of the second run");
    }

    private static async Task ListsCheckpoints(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await s.StartOwnedAsync().ConfigureAwait(false);
        for (var step = 0; step < 5; step++)
        {
            await s.ApplyAsync(s.Step("a")).ConfigureAwait(false);
        }

        var first = await s.Store.ListCheckpointsAsync(s.Key, new(2)).ConfigureAwait(false);
        Expect.Sequence(["cp-s-1-5", "cp-s-1-4"], first.Items.Select(item => item.CheckpointId), "the first page");
        await s.ApplyAsync(s.Step("a")).ConfigureAwait(false);
        var second = await s.Store.ListCheckpointsAsync(s.Key, new(2, first.NextCursor)).ConfigureAwait(false);
        Expect.Sequence(["cp-s-1-3", "cp-s-1-2"], second.Items.Select(item => item.CheckpointId), "the second page");
        var other = new Scenario(fixture, "s-2");
        await other.StartAsync().ConfigureAwait(false);
        Expect.True(
            await s.Store.GetCheckpointAsync(other.Key, "cp-s-1-1").ConfigureAwait(false) is null,
            "a checkpoint belongs to its session"
        );
    }

    private static async Task SnapshotIsConsistent(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await s.ApplyAsync(
                s.Commit() with
                {
                    NewSession = new() { AgentType = Sample.Agent },
                    Chunks = [Sample.Chunk("0")],
                }
            )
            .ConfigureAwait(false);
        var none = Expect.NotNull(await s.Store.GetSnapshotAsync(s.Key, 10).ConfigureAwait(false));
        Expect.True(none.Run is null && none.ChunksInFlight.Count == 0, "nothing is in flight before the first run");
        var run = await s.StartOwnedAsync().ConfigureAwait(false);
        await s.ApplyAsync(s.Flush("1")).ConfigureAwait(false);
        await CheckAsync([2], []).ConfigureAwait(false);
        await s.ApplyAsync(
                s.Step("2", "3") with
                {
                    ToolCalls = [Sample.ToolCall(run.RunId, 1, 0, ToolCallStatus.Succeeded)],
                    Messages = [AgentMessage.FromUser("b"), AgentMessage.FromUser("c")],
                }
            )
            .ConfigureAwait(false);
        await CheckAsync([], []).ConfigureAwait(false);
        await s.ApplyAsync(
                s.Flush("4", "5") with
                {
                    ToolCalls = [Sample.ToolCall(run.RunId, 2, 0, ToolCallStatus.Pending)],
                }
            )
            .ConfigureAwait(false);
        await CheckAsync([5, 6], [(2, 0)]).ConfigureAwait(false);
        await s.EndAsync(RunStatus.Interrupted).ConfigureAwait(false);
        await CheckAsync([5, 6], [(2, 0)]).ConfigureAwait(false);
        await s.StartOwnedAsync().ConfigureAwait(false);
        await CheckAsync([], []).ConfigureAwait(false);

        async Task CheckAsync(IEnumerable<long> inFlight, IEnumerable<(int, int)> open)
        {
            var snapshot = Expect.NotNull(await s.Store.GetSnapshotAsync(s.Key, 2).ConfigureAwait(false));
            Expect.Sequence(inFlight, snapshot.ChunksInFlight.Select(chunk => chunk.Sequence));
            Expect.Sequence(open, snapshot.OpenToolCalls.Select(call => (call.Step, call.Index)));
            Expect.Equal(s.RunId, snapshot.Run?.RunId);
            var total = snapshot.Session.MessageCount;
            Expect.Equal(
                (Math.Max(total - 2, 0), total, Math.Min(total, 2)),
                (snapshot.Messages.Offset, snapshot.Messages.Total, snapshot.Messages.Messages.Count)
            );
        }
    }

    private static async Task SnapshotUnderLoad(SessionStoreFixture fixture)
    {
        const int Commits = 100;
        var s = new Scenario(fixture);
        await s.StartOwnedAsync().ConfigureAwait(false);
        var writer = Task.Run(async () =>
        {
            for (var number = 1; number <= Commits; number++)
            {
                var flush = s.Flush($"{number}") with { Messages = [AgentMessage.FromUser($"{number}")] };
                await s.Store.CommitAsync(flush).ConfigureAwait(false);
            }
        });
        long last;
        do
        {
            var snapshot = Expect.NotNull(await s.Store.GetSnapshotAsync(s.Key, int.MaxValue).ConfigureAwait(false));
            last = snapshot.StreamSequence;
            Expect.Equal(last, snapshot.ChunksInFlight.Count, "chunks in flight up to the snapshot's number");
            Expect.Equal(last + 1, snapshot.Messages.Messages.Count, "messages as of the snapshot's number");
            Expect.Equal(last + 1, snapshot.Session.Version, "version as of the snapshot's number");
            var tail = await s.Store.ReadChunksAsync(s.Key, last, 1).ConfigureAwait(false);
            Expect.True(tail.Count == 0 || tail[0].Sequence == last + 1, "the tail begins right after the snapshot");
        } while (last < Commits && !writer.IsFaulted);
        await writer.ConfigureAwait(false);
    }

    private static async Task UnknownValuesRoundTrip(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        var run = await s.StartOwnedAsync().ConfigureAwait(false);
        await s.ApplyAsync(
                s.Work() with
                {
                    SessionChange = new() { Status = new SessionStatus("frozen") },
                    ToolCalls = [Sample.ToolCall(run.RunId, 1, 0, new ToolCallStatus("quarantined"))],
                    Command = Sample.Command(s.Key, run.RunId, new CommandKind("sing"), s.Now),
                }
            )
            .ConfigureAwait(false);
        await fixture.ReopenAsync().ConfigureAwait(false);
        Expect.Equal(new SessionStatus("frozen"), (await s.SessionAsync().ConfigureAwait(false)).Status);
        var calls = await s.Store.GetToolCallsAsync(s.Key, run.RunId).ConfigureAwait(false);
        Expect.Equal(new ToolCallStatus("quarantined"), calls[0].Status);
        var commands = await s.Store.GetCommandsAsync(s.Key, run.RunId, 0).ConfigureAwait(false);
        Expect.Equal(new CommandKind("sing"), commands[0].Kind);
        await s.EndAsync(new RunStatus("hibernating")).ConfigureAwait(false);
        Expect.Equal(new RunStatus("hibernating"), (await s.CurrentRunAsync().ConfigureAwait(false)).Status);
        Expect.Equal(StreamStatus.Paused, (await s.Store.GetInfoAsync(s.Key).ConfigureAwait(false))!.Status);
        var start = s.Start(new RunTrigger("dream"));
        var next = await s.ApplyAsync(start with { NewRun = start.NewRun! with { Runtime = "cloud" } })
            .ConfigureAwait(false);
        Expect.Equal(new RunTrigger("dream"), next.Run!.Trigger);
    }

    private static string Describe(AgentMessage message) =>
        $"{Sample.Text(MessageJson.Encode(message))} {message.RunId} {message.CreatedAt:O}";
}
