using Everturn.Sessions;

namespace Everturn.Testing.Sessions.Cases;

/// <summary>Runs that belong to an agent server: it is kept, inherited, and told of every end.</summary>
internal static class ServerCases
{
    public static IEnumerable<SessionStoreCase> All =>
        [
            new("A run without a server of its own has that of the run before it", IsInherited),
            new("The end of a server's run is in the outbox, whatever the end", TellsOfEnds),
            new("Neither a suspension nor the end of a run without a server is told", TellsNothingElse),
            new("A run is found by its request id", FindsByRequest),
        ];

    private static async Task IsInherited(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await StartAsync(s, "support").ConfigureAwait(false);
        await s.EndAsync(RunStatus.Interrupted).ConfigureAwait(false);
        var resumed = await s.ApplyAsync(s.Start(RunTrigger.Resume)).ConfigureAwait(false);
        Expect.Equal("support", resumed.Run!.Server);
        await fixture.ReopenAsync().ConfigureAwait(false);
        Expect.Equal("support", (await s.CurrentRunAsync().ConfigureAwait(false)).Server);
        await s.ApplyAsync(s.End(RunStatus.Failed) with { Fence = null }).ConfigureAwait(false);
        await StartAsync(s, "other").ConfigureAwait(false);
        Expect.Equal("other", (await s.CurrentRunAsync().ConfigureAwait(false)).Server);
    }

    private static async Task TellsOfEnds(SessionStoreFixture fixture)
    {
        RunStatus[] ends = [RunStatus.Completed, RunStatus.Failed, RunStatus.Interrupted];
        var s = new Scenario(fixture);
        var expected = new List<(SessionKey, string, string)>();
        foreach (var end in ends)
        {
            await StartAsync(s, "support").ConfigureAwait(false);
            var ended = await s.ApplyAsync(s.End(end)).ConfigureAwait(false);
            expected.Add((s.Key, ended.Run!.InstanceId, ended.Run.RunId));
        }

        await fixture.ReopenAsync().ConfigureAwait(false);
        var entries = await s.Store.ListOutboxAsync(OutboxKind.RunEnded, 0, 10).ConfigureAwait(false);
        Expect.Sequence(expected, entries.Select(entry => (entry.Session, entry.InstanceId, entry.Token)), "entries");
        var rest = await s.Store.ListOutboxAsync(OutboxKind.RunEnded, entries[0].Id, 1).ConfigureAwait(false);
        Expect.Sequence([entries[1].Id], rest.Select(entry => entry.Id), "one entry after the first");
        Expect.Equal(
            0,
            (await s.Store.ListOutboxAsync(OutboxKind.DeleteInstance, 0, 10).ConfigureAwait(false)).Count,
            "entries of another kind"
        );
    }

    private static async Task TellsNothingElse(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await s.StartAsync().ConfigureAwait(false);
        await s.EndAsync(RunStatus.Completed).ConfigureAwait(false);
        await StartAsync(s, "support").ConfigureAwait(false);
        await s.EndAsync(RunStatus.SuspendedClientTool).ConfigureAwait(false);
        Expect.Equal(0, (await s.Store.ListOutboxAsync(10).ConfigureAwait(false)).Count, "entries");
    }

    private static async Task FindsByRequest(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        var start = s.Start();
        var begun = await s.ApplyAsync(start with { NewRun = start.NewRun! with { RequestId = "r-1", BodyHash = "h" } })
            .ConfigureAwait(false);
        await s.EndAsync(RunStatus.Completed).ConfigureAwait(false);
        await s.StartAsync().ConfigureAwait(false);
        var found = await s.Store.GetRunByRequestAsync(s.Key, "r-1").ConfigureAwait(false);
        Expect.Equal(begun.Run!.RunId, found?.RunId);
        Expect.True(
            await s.Store.GetRunByRequestAsync(s.Key, "r-2").ConfigureAwait(false) is null,
            "no run of another id"
        );
        Expect.True(
            await s.Store.GetRunByRequestAsync(new("nowhere"), "r-1").ConfigureAwait(false) is null,
            "no session"
        );
    }

    private static async Task StartAsync(Scenario s, string server)
    {
        var start = s.Start();
        await s.ApplyAsync(start with { NewRun = start.NewRun! with { Server = server } }).ConfigureAwait(false);
    }
}
