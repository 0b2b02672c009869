using System.Text.Json;
using Everturn.Sessions;
using Everturn.Usage;

namespace Everturn.Testing.Sessions.Cases;

/// <summary>What rides along with commits: usage and outbox.</summary>
internal static class UsageAndOutboxCases
{
    public static IEnumerable<SessionStoreCase> All =>
        [
            new("Usage entries keep all they have and add up", UsageAddsUp),
            new("Usage can be recorded outside a run's commit", RecordsEntry),
            new("A run with a workflow asks through the outbox that its instance starts", StartAsksForInstance),
            new("Outbox entries come in order until they are completed", OutboxIsOrdered),
        ];

    private static async Task UsageAddsUp(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        var run = await s.StartOwnedAsync().ConfigureAwait(false);
        UsageEntry[] entries =
        [
            Sample.Tokens("u-1", run.RunId, s.Now, 10, 5) with
            {
                Tokens = new()
                {
                    Prompt = 10,
                    Completion = 5,
                    Reasoning = 2,
                    Cached = 3,
                    Total = 15,
                },
            },
            Sample.Tokens("u-2", run.RunId, s.Now, 1, 2),
            Entry("u-3", "tool") with
            {
                Source = "tool",
                Name = "search",
                Success = true,
            },
            Entry("u-4", "tool") with
            {
                Source = "tool",
                Name = "search",
                Success = false,
            },
            Entry("u-5", "custom") with
            {
                Name = "pages",
                Amount = 1.5,
            },
            Entry("u-6", "custom") with
            {
                Name = "pages",
                Amount = 2,
            },
            Entry("u-7", "subagent") with
            {
                Source = "subagent",
                Name = "child",
            },
            Entry("u-8", "from_the_future"),
        ];
        await s.ApplyAsync(s.Work() with { Usage = entries[..3] }).ConfigureAwait(false);
        await s.ApplyAsync(s.Work() with { Usage = entries[3..] }).ConfigureAwait(false);
        await fixture.ReopenAsync().ConfigureAwait(false);
        Expect.Sequence(
            entries,
            await StoreDump.AllAsync(page => s.Store.GetEntriesAsync(s.Key, page)).ConfigureAwait(false),
            "entries"
        );
        var rollup = await s.Store.GetRollupAsync(s.Key).ConfigureAwait(false);
        Expect.Equal(
            new TokenUsage
            {
                Prompt = 11,
                Completion = 7,
                Reasoning = 2,
                Cached = 3,
                Total = 18,
            },
            rollup.Tokens
        );
        Expect.Equal(2L, rollup.ModelCalls);
        Expect.Equal(new ToolStats(2, 1), rollup.ToolStats);
        Expect.Sequence([new KeyValuePair<string, double>("pages", 3.5)], rollup.Custom, "custom amounts");
        await RollsUpAsync(s, run.RunId, rollup).ConfigureAwait(false);

        UsageEntry Entry(string id, string kind) =>
            new()
            {
                Id = id,
                RunId = run.RunId,
                Timestamp = s.Now,
                Kind = kind,
            };
    }

    private static async Task RollsUpAsync(Scenario s, string runId, UsageRollup session)
    {
        Expect.Equal(2L, session.ByModel["model-a"].Calls);
        Expect.Equal(session.Tokens, session.ByModel["model-a"].Tokens);
        Expect.Equal(new ToolStats(2, 1), session.ByTool["search"]);
        Expect.Equal(new ModelUsage(2, session.Tokens), session.ByAgent.Values.Single());
        await s.Store.RecordEntryAsync(s.Key, Sample.Tokens("u-9", "another-run", s.Now, 1, 2)).ConfigureAwait(false);
        var run = await s.Store.GetRollupAsync(s.Key, runId).ConfigureAwait(false);
        Expect.Equal(session.Tokens, run.Tokens);
        Expect.Equal(session.ToolStats, run.ToolStats);
        Expect.Sequence(session.Custom, run.Custom, "custom amounts of the run");
        var another = await s.Store.GetRollupAsync(s.Key, "another-run").ConfigureAwait(false);
        Expect.Equal(1L, another.ByModel["model-a"].Calls);
        Expect.Equal(3L, another.Tokens.Total);
        var all = await s.Store.GetRollupAsync(s.Key).ConfigureAwait(false);
        Expect.Equal(session.Tokens.Total + 3, all.Tokens.Total);
    }

    private static async Task RecordsEntry(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        var entry = Sample.Tokens("u-1", "run", s.Now, 1, 2);
        await Expect
            .ThrowsAsync<SessionNotFoundException>(() => s.Store.RecordEntryAsync(s.Key, entry))
            .ConfigureAwait(false);
        await s.StartAsync().ConfigureAwait(false);
        await s.Store.RecordEntryAsync(s.Key, entry).ConfigureAwait(false);
        Expect.Equal(3L, (await s.Store.GetRollupAsync(s.Key).ConfigureAwait(false)).Tokens.Total);
        await Expect
            .InvalidAsync("cursor", () => s.Store.GetEntriesAsync(s.Key, new(1, "nonsense")))
            .ConfigureAwait(false);
    }

    private static async Task StartAsksForInstance(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture, "s-1", "tenant \"a\"");
        var start = s.Start();
        var result = await s.ApplyAsync(start with { NewRun = start.NewRun! with { WorkflowName = "agent" } })
            .ConfigureAwait(false);
        await fixture.ReopenAsync().ConfigureAwait(false);
        var outbox = await s.Store.ListOutboxAsync(10).ConfigureAwait(false);
        if (result.InstanceCreated)
        {
            Expect.Equal(0, outbox.Count, "entries beside an instance that was created at once");
            return;
        }

        Expect.Equal(1, outbox.Count);
        var entry = outbox[0];
        Expect.Equal(
            (s.Key, OutboxKind.StartInstance, result.Run!.InstanceId, result.Run.RunId, "agent"),
            (entry.Session, entry.Kind, entry.InstanceId, entry.Token, entry.WorkflowName)
        );
        using var parameters = JsonDocument.Parse(entry.Parameters);
        Expect.Sequence(
            [("tenant", "tenant \"a\""), ("sessionId", "s-1"), ("runId", result.Run.RunId)],
            parameters.RootElement.EnumerateObject().Select(property => (property.Name, property.Value.GetString()!)),
            "parameters"
        );
    }

    private static async Task OutboxIsOrdered(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await s.StartOwnedAsync().ConfigureAwait(false);
        await s.ApplyAsync(s.Work() with { Outbox = [Entry("a"), Entry("b")] }).ConfigureAwait(false);
        await s.ApplyAsync(s.Work() with { Outbox = [Entry("c")] }).ConfigureAwait(false);
        var entries = await s.Store.ListOutboxAsync(10).ConfigureAwait(false);
        Expect.Sequence(["a", "b", "c"], entries.Select(entry => entry.InstanceId), "entries");
        Expect.Sequence(entries.Select(entry => entry.Id).Order(), entries.Select(entry => entry.Id), "ids");
        Expect.Equal("\"p\"", Sample.Text(entries[0].Parameters));
        var two = await s.Store.ListOutboxAsync(2).ConfigureAwait(false);
        Expect.Sequence(["a", "b"], two.Select(entry => entry.InstanceId), "the oldest two");
        await s.Store.CompleteOutboxAsync([entries[0].Id, entries[2].Id, 999_999]).ConfigureAwait(false);
        await s.Store.CompleteOutboxAsync([entries[0].Id]).ConfigureAwait(false);
        await s.Store.CompleteOutboxAsync([]).ConfigureAwait(false);
        var left = await s.Store.ListOutboxAsync(10).ConfigureAwait(false);
        Expect.Sequence(["b"], left.Select(entry => entry.InstanceId), "what is left");
        await s.ApplyAsync(s.Work() with { Outbox = [Entry("d")] }).ConfigureAwait(false);
        var more = await s.Store.ListOutboxAsync(10).ConfigureAwait(false);
        Expect.True(more[1].Id > entries[2].Id, "ids of completed entries are not used again");

        OutboxEntry Entry(string instance) =>
            new()
            {
                Session = s.Key,
                Kind = OutboxKind.StartInstance,
                InstanceId = instance,
                Token = "token",
                WorkflowName = "agent",
                Parameters = Sample.Json("p"),
            };
    }
}
