using Everturn.Sessions;

namespace Everturn.Testing.Sessions.Cases;

/// <summary>Exactly once per request id, and what happens when many ask at once.</summary>
internal static class RequestCases
{
    private const int Starts = 50;
    private const int Repeats = 20;

    public static IEnumerable<SessionStoreCase> All =>
        [
            new("The same request gives the same run, also after it ended", ReplaysRequest),
            new("The same request id with another body is refused", RefusesOtherBody),
            new("Request ids of different sessions and tenants are apart", RequestsAreApart),
            new("A request is known after the store is opened again", RequestSurvives),
            new("Of 50 concurrent starts one is applied", OneOfManyStarts),
            new("20 concurrent starts with one request id give one run", OneRunPerRequest),
            new("Concurrent starts of different sessions are all applied", StartsAreIndependent),
            new("Of many concurrent compare-and-sets one wins", OneCompareAndSetWins),
            new("Concurrent flushes of one session are numbered without gap", FlushesAreNumbered),
            new("Concurrent claims have different owner epochs", ClaimsAreNumbered),
        ];

    private static async Task ReplaysRequest(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        var first = await s.ApplyAsync(Request(s, "r-1", "h")).ConfigureAwait(false);
        var again = await s.ExpectAsync(SessionCommitOutcome.RequestReplayed, Request(s, "r-1", "h"))
            .ConfigureAwait(false);
        Expect.Equal(first.Run, again.Run);
        await s.ApplyAsync(s.End(RunStatus.Completed) with { Fence = null }).ConfigureAwait(false);
        await s.ApplyAsync(Request(s, "r-2", "h")).ConfigureAwait(false);
        var before = await s.DumpAsync().ConfigureAwait(false);
        var late = await s.ExpectAsync(SessionCommitOutcome.RequestReplayed, Request(s, "r-1", "h"))
            .ConfigureAwait(false);
        Expect.Equal((first.Run!.RunId, RunStatus.Completed), (late.Run!.RunId, late.Run.Status));
        Expect.Equal(2, late.Session?.RunOrdinal);
        Expect.SameLines(before, await s.DumpAsync().ConfigureAwait(false), "After a replayed request");
    }

    private static async Task RefusesOtherBody(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await s.ApplyAsync(Request(s, "r-1", "h")).ConfigureAwait(false);
        var before = await s.DumpAsync().ConfigureAwait(false);
        await s.ExpectAsync(SessionCommitOutcome.RequestMismatch, Request(s, "r-1", "other")).ConfigureAwait(false);
        Expect.SameLines(before, await s.DumpAsync().ConfigureAwait(false), "After another body");
    }

    private static async Task RequestsAreApart(SessionStoreFixture fixture)
    {
        foreach (var s in new Scenario[] { new(fixture), new(fixture, "s-2"), new(fixture, "s-1", "tenant") })
        {
            await s.ApplyAsync(Request(s, "r-1", $"{s.Key}")).ConfigureAwait(false);
        }
    }

    private static async Task RequestSurvives(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await s.ApplyAsync(Request(s, "r-1", "h")).ConfigureAwait(false);
        await fixture.ReopenAsync().ConfigureAwait(false);
        await s.ExpectAsync(SessionCommitOutcome.RequestReplayed, Request(s, "r-1", "h")).ConfigureAwait(false);
    }

    private static async Task OneOfManyStarts(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        var results = await RaceAsync(s, Many(Starts, () => s.Start())).ConfigureAwait(false);
        Expect.Equal(1, results.Count(result => result.IsApplied), "applied starts");
        Expect.Equal(
            Starts - 1,
            results.Count(result => result.Outcome == SessionCommitOutcome.StatusConflict),
            "refused starts"
        );
        var runs = await s.Store.ListRunsAsync(s.Key, new()).ConfigureAwait(false);
        Expect.Equal(1, runs.Items.Count);
        Expect.Equal(1, (await s.SessionAsync().ConfigureAwait(false)).MessageCount);
    }

    private static async Task OneRunPerRequest(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        var results = await RaceAsync(s, Many(Repeats, () => Request(s, "r-1", "h"))).ConfigureAwait(false);
        Expect.Equal(1, results.Count(result => result.IsApplied), "applied starts");
        Expect.Equal(
            Repeats - 1,
            results.Count(result => result.Outcome == SessionCommitOutcome.RequestReplayed),
            "replayed starts"
        );
        Expect.Equal(1, results.Select(result => result.Run?.RunId).Distinct().Count(), "runs in the results");
    }

    private static async Task StartsAreIndependent(SessionStoreFixture fixture)
    {
        Scenario[] sessions = [.. Enumerable.Range(0, Starts).Select(number => new Scenario(fixture, $"s-{number}"))];
        var results = await RaceAsync(sessions[0], [.. sessions.Select(s => s.Start())]).ConfigureAwait(false);
        Expect.True(results.All(result => result.IsApplied), "all starts are applied");
    }

    private static async Task OneCompareAndSetWins(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await s.ApplyAsync(s.Commit() with { NewSession = new() { AgentType = Sample.Agent } }).ConfigureAwait(false);
        var results = await Task.WhenAll(
                Enumerable
                    .Range(0, Repeats)
                    .Select(_ =>
                        Task.Run(async () =>
                            await s
                                .Store.CompareAndSetStatusAsync(
                                    s.Key,
                                    [SessionStatus.Active],
                                    SessionStatus.Completed,
                                    s.Now
                                )
                                .ConfigureAwait(false)
                        )
                    )
            )
            .ConfigureAwait(false);
        Expect.Equal(1, results.Count(result => result.Ok), "winners");
        Expect.Equal(2L, (await s.SessionAsync().ConfigureAwait(false)).Version);
    }

    private static async Task FlushesAreNumbered(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await s.StartOwnedAsync().ConfigureAwait(false);
        var results = await RaceAsync(s, Many(Repeats, () => s.Flush("a", "b", "c"))).ConfigureAwait(false);
        Expect.Sequence(
            Enumerable.Range(0, Repeats).Select(number => 1L + (3 * number)),
            results.Select(result => result.FirstSequence).Order(),
            "first numbers"
        );
        var chunks = await s.Store.ReadChunksAsync(s.Key, 0, int.MaxValue).ConfigureAwait(false);
        Expect.Sequence(
            Enumerable.Range(1, 3 * Repeats).Select(number => (long)number),
            chunks.Select(chunk => chunk.Sequence),
            "numbers"
        );
    }

    private static async Task ClaimsAreNumbered(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        var run = await s.StartAsync().ConfigureAwait(false);
        var node = await fixture.AddNodeAsync().ConfigureAwait(false);
        var results = await RaceAsync(s, Many(Repeats, () => s.Commit() with { RunId = run.RunId, Claim = node }))
            .ConfigureAwait(false);
        Expect.Sequence(
            Enumerable.Range(1, Repeats).Select(number => (long)number),
            results.Select(result => result.Run!.Owner!.Value.OwnerEpoch).Order(),
            "owner epochs"
        );
    }

    private static SessionCommit Request(Scenario s, string requestId, string bodyHash)
    {
        var start = s.Start();
        return start with { NewRun = start.NewRun! with { RequestId = requestId, BodyHash = bodyHash } };
    }

    private static SessionCommit[] Many(int count, Func<SessionCommit> commit) =>
        [.. Enumerable.Range(0, count).Select(_ => commit())];

    private static Task<SessionCommitResult[]> RaceAsync(Scenario s, SessionCommit[] commits) =>
        Task.WhenAll(
            commits.Select(commit => Task.Run(async () => await s.Store.CommitAsync(commit).ConfigureAwait(false)))
        );
}
