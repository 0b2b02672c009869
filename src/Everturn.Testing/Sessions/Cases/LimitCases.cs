using Everturn.Sessions;
using Everturn.Sessions.Storage;

namespace Everturn.Testing.Sessions.Cases;

/// <summary>What is too large or malformed is refused by name and changes nothing; what is just small enough is stored.</summary>
internal static class LimitCases
{
    private static readonly EverturnLimits Limits = new();

    public static IEnumerable<SessionStoreCase> All =>
        [
            Limit(
                "A message",
                "messages[1]",
                (s, extra) => s.Work() with { Messages = [AgentMessage.FromUser("a"), Message(extra)] }
            ),
            Limit(
                "A chunk",
                "chunks[1]",
                (s, extra) =>
                    s.Work() with
                    {
                        Chunks = [Sample.Chunk("a"), Sample.JsonOfSize(Limits.ChunkBytes + extra)],
                    }
            ),
            Limit(
                "State",
                "state",
                (s, extra) => s.Work() with { State = Sample.JsonOfSize(Limits.StateBytes + extra) }
            ),
            Limit(
                "A checkpoint's state",
                "checkpoint.state",
                (s, extra) =>
                    s.Work() with
                    {
                        Checkpoint = s.Checkpoint() with { State = Sample.JsonOfSize(Limits.StateBytes + extra) },
                    }
            ),
            Limit(
                "A tool result",
                "toolCalls[0].result",
                (s, extra) => Call(s, call => call with { Result = Sample.JsonOfSize(Limits.ToolResultBytes + extra) })
            ),
            Limit(
                "A tool call's arguments",
                "toolCalls[0].arguments",
                (s, extra) => Call(s, call => call with { Arguments = Sample.JsonOfSize(Limits.MessageBytes + extra) })
            ),
            Limit(
                "A staged change",
                "toolCalls[0].stagedChange",
                (s, extra) => Call(s, call => call with { StagedChange = Sample.JsonOfSize(Limits.StateBytes + extra) })
            ),
            Limit(
                "A run's output",
                "output",
                (s, extra) =>
                    s.Work() with
                    {
                        RunChange = new() { Output = Sample.JsonOfSize(Limits.MessageBytes + extra) },
                    }
            ),
            Limit(
                "A command's content",
                "command.content",
                (s, extra) =>
                    s.Work() with
                    {
                        Command = Sample.Command(s.Key, s.RunId, CommandKind.Steer, s.Now) with
                        {
                            Content = Sample.JsonOfSize(Limits.MessageBytes + extra),
                        },
                    }
            ),
            Limit("A title", "title", (s, extra) => Change(s, new() { Title = Text(extra) })),
            Limit("A user id", "userId", (s, extra) => Change(s, new() { UserId = Text(extra) })),
            Limit("A tag", "tags[1]", (s, extra) => Change(s, new() { Tags = ["a", Text(extra)] })),
            Limit("The number of tags", "tags", (s, extra) => Change(s, new() { Tags = Names(Limits.Tags + extra) })),
            Limit(
                "The number of metadata entries",
                "metadata",
                (s, extra) =>
                    Change(s, new() { Metadata = Names(Limits.MetadataEntries + extra).ToDictionary(name => name) })
            ),
            Limit(
                "A metadata key",
                "metadata",
                (s, extra) => Change(s, new() { Metadata = new Dictionary<string, string> { [Text(extra)] = "v" } })
            ),
            Limit(
                "A metadata value",
                "metadata.k",
                (s, extra) => Change(s, new() { Metadata = new Dictionary<string, string> { ["k"] = Text(extra) } })
            ),
            Limit(
                "A new session's title",
                "title",
                (s, extra) =>
                    s.Work() with
                    {
                        NewSession = new() { AgentType = Sample.Agent, Title = Text(extra) },
                    }
            ),
            new("Malformed names, ids and chunks are refused", RefusesMalformed),
        ];

    private static SessionStoreCase Limit(string what, string field, Func<Scenario, int, SessionCommit> commit) =>
        new(
            $"{what} is limited",
            async fixture =>
            {
                var s = new Scenario(fixture);
                await s.StartOwnedAsync().ConfigureAwait(false);
                await s.ApplyAsync(commit(s, 0), "a commit that is just within the limit").ConfigureAwait(false);
                var before = await s.DumpAsync().ConfigureAwait(false);
                var tooLarge = commit(s, 1);
                await Expect.InvalidAsync(field, () => s.Store.CommitAsync(tooLarge)).ConfigureAwait(false);
                Expect.SameLines(before, await s.DumpAsync().ConfigureAwait(false), "After a commit over the limit");
            }
        );

    private static async Task RefusesMalformed(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        var start = s.Start();
        (string Field, SessionCommit Commit)[] bad =
        [
            ("sessionId", start with { Session = new("") }),
            ("sessionId", start with { Session = new("a b") }),
            ("sessionId", start with { Session = new("a__b") }),
            ("sessionId", start with { Session = new(new string('s', 129)) }),
            ("agentType", start with { NewSession = new() { AgentType = "Upper" } }),
            ("agentType", start with { NewSession = new() { AgentType = new string('a', 65) } }),
            ("runId", start with { NewRun = start.NewRun! with { RunId = "" } }),
            ("requestId", start with { NewRun = start.NewRun with { RequestId = "", BodyHash = "h" } }),
            ("requestId", start with { NewRun = start.NewRun with { RequestId = "ü", BodyHash = "h" } }),
            ("requestId", start with { NewRun = start.NewRun with { RequestId = new('r', 257), BodyHash = "h" } }),
            ("bodyHash", start with { NewRun = start.NewRun with { RequestId = "r" } }),
            ("chunks[0]", start with { Chunks = [ReadOnlyMemory<byte>.Empty] }),
            ("chunks[1]", start with { Chunks = [Sample.Chunk("a"), "{\n}"u8.ToArray()] }),
            ("chunks[0]", start with { Chunks = ["{\r}"u8.ToArray()] }),
        ];
        foreach (var (field, commit) in bad)
        {
            await Expect.InvalidAsync(field, () => s.Store.CommitAsync(commit)).ConfigureAwait(false);
        }

        Expect.Equal(0, (await s.Store.ListSessionsAsync(new()).ConfigureAwait(false)).Items.Count);
        await s.ApplyAsync(start).ConfigureAwait(false);
    }

    private static AgentMessage Message(int extra)
    {
        var empty = MessageJson.Encode(AgentMessage.FromUser("")).Length;
        return AgentMessage.FromUser(new string('m', Limits.MessageBytes + extra - empty));
    }

    private static string Text(int extra) => new('t', Limits.MetadataLength + extra);

    private static string[] Names(int count) => [.. Enumerable.Range(0, count).Select(number => $"n{number}")];

    private static SessionCommit Change(Scenario s, SessionChange change) => s.Commit() with { SessionChange = change };

    private static SessionCommit Call(Scenario s, Func<ToolCallRecord, ToolCallRecord> change) =>
        s.Work() with
        {
            ToolCalls = [change(Sample.ToolCall(s.RunId, 1, 0, ToolCallStatus.Pending))],
        };
}
