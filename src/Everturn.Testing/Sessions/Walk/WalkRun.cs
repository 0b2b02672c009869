using Everturn.Sessions;

namespace Everturn.Testing.Sessions.Walk;

/// <summary>Takes a walk through a store and the reference model at once, and compares after every step.</summary>
internal sealed class WalkRun
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly SessionStoreFixture _fixture;
    private readonly WalkNodes _nodes = new();
    private readonly ReferenceModel _model;

    private WalkRun(SessionStoreFixture fixture)
    {
        _fixture = fixture;
        _model = new(_nodes);
    }

    public static IReadOnlyList<SessionKey> Sessions { get; } = [new("", "s-1"), new("", "s-2"), new("tenant", "s-1")];

    private ISessionStore Store => _fixture.Store;

    /// <summary>Each step has its own time, twenty minutes after the one before, so that sweeps find something old.</summary>
    public static DateTimeOffset TimeOf(int number) => Begin.AddMinutes(20 * number);

    public static async Task TakeAsync(SessionStoreFixture fixture, IReadOnlyList<WalkStep> walk)
    {
        var run = new WalkRun(fixture);
        await run._nodes.FillAsync(fixture).ConfigureAwait(false);
        for (var number = 1; number <= walk.Count; number++)
        {
            var step = walk[number - 1];
            var (expected, actual) = await run.TakeAsync(step, number).ConfigureAwait(false);
            Expect.Equal(expected, actual, $"Result of step {number}, {step}");
            Expect.SameLines(
                run._model.Dump(Sessions),
                await StoreDump.ReadAsync(fixture.Store, Sessions).ConfigureAwait(false),
                $"Reads after step {number}, {step}"
            );
        }
    }

    private async Task<(string Expected, string Actual)> TakeAsync(WalkStep step, int number)
    {
        var key = Sessions[step.Session];
        var at = TimeOf(number);
        var commits = new WalkCommits(step, number, key, _model.Find(key), _nodes);
        switch (step.Action)
        {
            case WalkAction.Start:
                return await CommitAsync(commits.Start()).ConfigureAwait(false);
            case WalkAction.Continue:
                return await CommitAsync(commits.Continue()).ConfigureAwait(false);
            case WalkAction.GoBack:
                return await CommitAsync(commits.GoBack()).ConfigureAwait(false);
            case WalkAction.Stop:
                return await CommitAsync(commits.Stop()).ConfigureAwait(false);
            case WalkAction.Work:
                return await CommitAsync(commits.Work()).ConfigureAwait(false);
            case WalkAction.End:
                return await CommitAsync(commits.End()).ConfigureAwait(false);
            case WalkAction.Claim:
                return await CommitAsync(commits.Claim()).ConfigureAwait(false);
            case WalkAction.Command:
                return await CommitAsync(commits.Command()).ConfigureAwait(false);
            case WalkAction.Change:
                return await CommitAsync(commits.Change()).ConfigureAwait(false);
            case WalkAction.CompareAndSet:
                return await CompareAndSetAsync(step, key, at).ConfigureAwait(false);
            case WalkAction.Delete:
                var deleted = await Store.DeleteSessionAsync(key, at).ConfigureAwait(false);
                return (_model.Delete(key, at), deleted.ToString());
            case WalkAction.Reactivate:
                var reactivated = await DoneAsync(async () =>
                        await Store.ReactivateAsync(key, at).ConfigureAwait(false)
                    )
                    .ConfigureAwait(false);
                return (_model.Reactivate(key, at), reactivated);
            case WalkAction.RecordUsage:
                var entry = Sample.Tokens($"usage-{number}", "run", at, step.A, step.B);
                var recorded = await DoneAsync(async () =>
                        await Store.RecordEntryAsync(key, entry).ConfigureAwait(false)
                    )
                    .ConfigureAwait(false);
                return (_model.RecordUsage(key, entry), recorded);
            default:
                await MaintainAsync(step, key, at).ConfigureAwait(false);
                return ("", "");
        }
    }

    private async Task<(string Expected, string Actual)> CommitAsync(SessionCommit commit)
    {
        try
        {
            var result = await Store.CommitAsync(commit).ConfigureAwait(false);
            return (_model.Commit(commit, result.InstanceCreated), Describe(result));
        }
        catch (OwnershipLostException exception)
        {
            return (_model.Commit(commit, instanceCreated: false), exception.GetType().Name);
        }
    }

    private static string Describe(SessionCommitResult result) =>
        result.Outcome switch
        {
            SessionCommitOutcome.Applied =>
                $"Applied version={result.Session?.Version} status={result.Session?.Status} "
                    + $"run={result.Run?.RunId} first={result.FirstSequence}",
            SessionCommitOutcome.StatusConflict =>
                $"StatusConflict version={result.Session?.Version} status={result.Session?.Status}",
            SessionCommitOutcome.RequestReplayed => $"RequestReplayed {result.Run?.RunId}",
            var outcome => outcome.ToString(),
        };

    private async Task<(string Expected, string Actual)> CompareAndSetAsync(
        WalkStep step,
        SessionKey key,
        DateTimeOffset at
    )
    {
        SessionStatus[] statuses = [SessionStatus.Active, SessionStatus.Completed, new("frozen")];
        var expected = statuses[step.A % statuses.Length];
        var status = statuses[step.B % statuses.Length];
        string actual;
        try
        {
            var result = await Store.CompareAndSetStatusAsync(key, [expected], status, at).ConfigureAwait(false);
            actual = $"{result.Ok} {result.CurrentStatus} {result.CurrentVersion}";
        }
        catch (SessionNotFoundException exception)
        {
            actual = exception.GetType().Name;
        }

        return (_model.CompareAndSet(key, expected, status, at), actual);
    }

    private static async Task<string> DoneAsync(Func<Task> action)
    {
        try
        {
            await action().ConfigureAwait(false);
            return "done";
        }
        catch (SessionNotFoundException exception)
        {
            return exception.GetType().Name;
        }
    }

    private async Task MaintainAsync(WalkStep step, SessionKey key, DateTimeOffset at)
    {
        switch (step.Action)
        {
            case WalkAction.CompleteOutbox:
                var outbox = await Store.ListOutboxAsync(int.MaxValue).ConfigureAwait(false);
                long[] ids = [.. outbox.Where(entry => entry.Session == key).Select(entry => entry.Id)];
                await Store.CompleteOutboxAsync(ids).ConfigureAwait(false);
                _model.CompleteOutbox(key);
                break;
            case WalkAction.Sweep:
                await SweepAsync(at, PolicyOf(step)).ConfigureAwait(false);
                break;
            case WalkAction.FenceNode:
                await _nodes.FenceAsync(_fixture, step.A).ConfigureAwait(false);
                break;
            default:
                await _fixture.ReopenAsync().ConfigureAwait(false);
                break;
        }
    }

    private static SweepPolicy PolicyOf(WalkStep step) =>
        new()
        {
            Chunks = step.A % 3 == 0 ? TimeSpan.FromHours(1) : null,
            Runs = step.A % 3 == 1 ? TimeSpan.FromHours(1) : null,
            RequestIds = step.B % 2 == 0 ? TimeSpan.FromHours(1) : TimeSpan.FromDays(365),
            Tombstones = step.B % 3 == 0 ? TimeSpan.FromHours(1) : TimeSpan.FromDays(365),
        };

    private async Task SweepAsync(DateTimeOffset now, SweepPolicy policy)
    {
        const int Limit = 3;
        _model.Sweep(now, policy);
        int removed;
        do
        {
            removed = await Store
                .SweepAsync(
                    new()
                    {
                        Now = now,
                        Default = policy,
                        Limit = Limit,
                    }
                )
                .ConfigureAwait(false);
        } while (removed > 0);
    }
}
