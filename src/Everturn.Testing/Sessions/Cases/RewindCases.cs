using Everturn.Sessions;
using Everturn.Streaming;

namespace Everturn.Testing.Sessions.Cases;

/// <summary>Transcripts that are put back for a run that goes on from an earlier place.</summary>
internal static class RewindCases
{
    public static IEnumerable<SessionStoreCase> All =>
        [
            new("A rewind voids messages and checkpoints, and the void part stays listable", VoidsTheRest),
            new("Void parts of several rewinds add up, in their order", VoidPartsAddUp),
            new("A rewind to the whole transcript voids nothing", VoidsNothing),
            new("A rewind is for a new run at a known version, and within the transcript", RefusesBadRewinds),
            new("A run keeps the state with which it began, its input in it", KeepsStartState),
            new("An empty state removes it", EmptyStateRemoves),
            new("A run's input is what it adds, without results that close another run's step", CountsInput),
        ];

    private static async Task VoidsTheRest(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await SpokenAsync(s).ConfigureAwait(false);
        var before = await s.SessionAsync().ConfigureAwait(false);
        var result = await s.ApplyAsync(await BackAsync(s, 2).ConfigureAwait(false)).ConfigureAwait(false);

        Expect.Equal((2, 1), (result.Run!.StartMessageCount, result.Run.InputMessageCount));
        Expect.Equal(before.LastSequence + 1, result.Run.StartSequence);
        await fixture.ReopenAsync().ConfigureAwait(false);
        Expect.Sequence(["hello", "a", "hello"], await TranscriptAsync(s).ConfigureAwait(false), "transcript");
        var voided = await StoreDump
            .AllAsync(page => s.Store.ListVoidedMessagesAsync(s.Key, page))
            .ConfigureAwait(false);
        Expect.Sequence(
            [("b", 2), ("c", 3)],
            voided.Select(message => (message.Message.Content!, message.Position)),
            "void messages"
        );
        Expect.Equal((result.Run.RunId, s.Now), (voided[0].VoidedByRunId, voided[0].VoidedAt));
        Expect.Equal("s-1-run-1", voided[0].Message.RunId);
        var checkpoints = await StoreDump
            .AllAsync(page => s.Store.ListCheckpointsAsync(s.Key, page))
            .ConfigureAwait(false);
        Expect.Sequence([true, true, false], checkpoints.Select(checkpoint => checkpoint.IsVoided), "void checkpoints");
        var info = await s.Store.GetInfoAsync(s.Key).ConfigureAwait(false);
        Expect.Equal(new StreamInfo(StreamStatus.Active, 1, before.LastSequence), info);
        Expect.Equal(before.StepCount, (await s.SessionAsync().ConfigureAwait(false)).StepCount);
    }

    private static async Task VoidPartsAddUp(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await SpokenAsync(s).ConfigureAwait(false);
        await s.ApplyAsync(await BackAsync(s, 3).ConfigureAwait(false)).ConfigureAwait(false);
        await s.ApplyAsync(s.End(RunStatus.Failed) with { Fence = null }).ConfigureAwait(false);
        await s.ApplyAsync(await BackAsync(s, 0).ConfigureAwait(false)).ConfigureAwait(false);

        Expect.Sequence(["hello"], await TranscriptAsync(s).ConfigureAwait(false), "transcript");
        var voided = await StoreDump
            .AllAsync(page => s.Store.ListVoidedMessagesAsync(s.Key, page))
            .ConfigureAwait(false);
        Expect.Sequence(
            ["c", "hello", "a", "b", "hello"],
            voided.Select(message => message.Message.Content!),
            "void messages"
        );
        await s.ApplyAsync(s.End(RunStatus.Completed) with { Fence = null }).ConfigureAwait(false);
        Expect.Equal(
            SessionCommitOutcome.Applied,
            await s.Store.DeleteSessionAsync(s.Key, s.Now).ConfigureAwait(false)
        );
        var left = await s.Store.ListVoidedMessagesAsync(s.Key, new()).ConfigureAwait(false);
        Expect.Equal(0, left.Items.Count, "void messages of a deleted session");
    }

    private static async Task VoidsNothing(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await SpokenAsync(s).ConfigureAwait(false);
        await s.ApplyAsync(await BackAsync(s, 4).ConfigureAwait(false)).ConfigureAwait(false);

        Expect.Equal(5, (await s.SessionAsync().ConfigureAwait(false)).MessageCount);
        var voided = await s.Store.ListVoidedMessagesAsync(s.Key, new()).ConfigureAwait(false);
        Expect.Equal(0, voided.Items.Count, "void messages");
        var checkpoints = await s.Store.ListCheckpointsAsync(s.Key, new()).ConfigureAwait(false);
        Expect.True(!checkpoints.Items.Any(checkpoint => checkpoint.IsVoided), "no checkpoint is void");
    }

    private static async Task RefusesBadRewinds(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await SpokenAsync(s).ConfigureAwait(false);
        var before = await s.DumpAsync().ConfigureAwait(false);
        var back = await BackAsync(s, 2).ConfigureAwait(false);
        (string Field, SessionCommit Commit)[] bad =
        [
            ("rewind", back with { ExpectedVersion = null }),
            ("rewind", back with { NewRun = null }),
            ("rewind.messageCount", back with { Rewind = new(-1) }),
            ("rewind.messageCount", back with { Rewind = new(5) }),
        ];
        foreach (var (field, commit) in bad)
        {
            var refused = await Expect
                .ThrowsAsync<InvalidInputException>(async () => await s.Store.CommitAsync(commit).ConfigureAwait(false))
                .ConfigureAwait(false);
            Expect.Equal(field, refused.Field);
        }

        await s.ExpectAsync(SessionCommitOutcome.VersionConflict, back with { ExpectedVersion = 1 })
            .ConfigureAwait(false);
        Expect.SameLines(before, await s.DumpAsync().ConfigureAwait(false), "after refused rewinds");
    }

    private static async Task KeepsStartState(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        var large = Sample.JsonOfSize(20_000);
        var first = (await s.ApplyAsync(s.Start() with { State = large }).ConfigureAwait(false)).Run!;
        await s.ApplyAsync(s.Work() with { Fence = null, State = Sample.Json("later") }).ConfigureAwait(false);
        await s.ApplyAsync(s.End(RunStatus.Completed) with { Fence = null }).ConfigureAwait(false);
        var second = await s.StartAsync().ConfigureAwait(false);
        await fixture.ReopenAsync().ConfigureAwait(false);

        Expect.Equal(Sample.Text(large), await StateAsync(first.RunId).ConfigureAwait(false));
        Expect.Equal("\"later\"", await StateAsync(second.RunId).ConfigureAwait(false));
        Expect.Equal(null, await StateAsync("unknown").ConfigureAwait(false));

        var other = new Scenario(fixture, "s-2");
        var none = await other.StartAsync().ConfigureAwait(false);
        var state = await other.Store.GetStartStateAsync(other.Key, none.RunId).ConfigureAwait(false);
        Expect.True(state is { IsEmpty: true }, "a run that began without a state has an empty one");

        async Task<string?> StateAsync(string runId) =>
            await s.Store.GetStartStateAsync(s.Key, runId).ConfigureAwait(false) is { } found
                ? Sample.Text(found)
                : null;
    }

    private static async Task EmptyStateRemoves(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await s.ApplyAsync(s.Start() with { State = Sample.Json("state") }).ConfigureAwait(false);
        await s.ApplyAsync(s.Commit() with { State = ReadOnlyMemory<byte>.Empty }).ConfigureAwait(false);
        await s.ApplyAsync(s.Commit() with { State = default(ReadOnlyMemory<byte>?) }).ConfigureAwait(false);
        await fixture.ReopenAsync().ConfigureAwait(false);
        var snapshot = await s.Store.GetSnapshotAsync(s.Key, 0).ConfigureAwait(false);
        Expect.True(snapshot!.State.IsEmpty, "the state is gone");
    }

    private static async Task CountsInput(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        var first = await s.StartOwnedAsync().ConfigureAwait(false);
        await s.EndAsync(RunStatus.Interrupted).ConfigureAwait(false);
        var result = new AgentMessage
        {
            Role = MessageRole.Tool,
            ToolCallId = "call",
            Content = "interrupted",
            RunId = first.RunId,
        };
        var next = await s.ApplyAsync(
                s.Start() with
                {
                    Messages = [result, AgentMessage.FromUser("a"), AgentMessage.FromUser("b")],
                }
            )
            .ConfigureAwait(false);
        Expect.Equal((2, 2), (next.Run!.StartMessageCount, next.Run.InputMessageCount));
        Expect.Equal(4, (await s.SessionAsync().ConfigureAwait(false)).MessageCount);
    }

    /// <summary>A completed run with three committed steps: messages hello, a, b, c.</summary>
    private static async Task SpokenAsync(Scenario s)
    {
        await s.StartOwnedAsync().ConfigureAwait(false);
        foreach (var text in new[] { "a", "b", "c" })
        {
            await s.ApplyAsync(s.Step(text) with { Messages = [AgentMessage.FromUser(text)] }).ConfigureAwait(false);
        }

        await s.EndAsync(RunStatus.Failed).ConfigureAwait(false);
    }

    private static async Task<SessionCommit> BackAsync(Scenario s, int count) =>
        s.Start(RunTrigger.Retry) with
        {
            ExpectedVersion = (await s.SessionAsync().ConfigureAwait(false)).Version,
            Rewind = new(count),
        };

    private static async Task<IEnumerable<string>> TranscriptAsync(Scenario s)
    {
        var page = await s.Store.GetMessagesAsync(s.Key, 0, 100).ConfigureAwait(false);
        return page.Messages.Select(message => message.Content!);
    }
}
