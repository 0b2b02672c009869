using System.Collections.Concurrent;
using Everturn.Sqlite.Child;
using Everturn.Sqlite.Engine;
using Everturn.Storage;
using SQLitePCL;

namespace Everturn.Sqlite.Tests.Engine;

public sealed class GroupCommitterTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_acknowledged_is_visible_to_another_connection()
    {
        await using var store = new CommitterFixture();

        (await store.Add("one")).ShouldBe(1);

        store.Texts().ShouldBe(["one"]);
    }

    [Fact]
    public async Task Many_writers_lose_nothing()
    {
        await using var store = new CommitterFixture();

        await Parallel.ForAsync(0, 2_000, Token, async (i, _) => await store.Add($"note {i}"));

        store.Count().ShouldBe(2_000);
    }

    [Fact]
    public async Task Items_that_wait_share_a_transaction_and_a_refused_one_fails_alone()
    {
        using var gate = new ManualResetEventSlim();
        var commits = 0;
        var hooks = new CommitterHooks { Fault = fault => commits += fault == CommitFault.Commit ? 1 : 0 };
        await using var store = new CommitterFixture(hooks);
        var first = store.Committer.CommitAsync(CommitKind.RunStart, _ => gate.Wait(10_000), Token).AsTask();
        var before = store.Add("before").AsTask();
        var refused = store
            .Committer.CommitAsync<int>(
                CommitKind.StepCommit,
                connection =>
                {
                    NotesSchema.Insert(connection, "refused");
                    throw new OwnershipLostException("run 1");
                },
                Token
            )
            .AsTask();
        var violating = store.Add("before").AsTask();
        var after = store.Add("after").AsTask();

        gate.Set();
        await Task.WhenAll(first, before, after);

        (await Should.ThrowAsync<OwnershipLostException>(refused)).What.ShouldBe("run 1");
        (await Should.ThrowAsync<SqliteException>(violating)).IsConstraint.ShouldBeTrue();
        store.Texts().ShouldBe(["before", "after"]);
        commits.ShouldBe(1);
    }

    [Fact]
    public async Task A_lone_refused_item_writes_nothing()
    {
        await using var store = new CommitterFixture();

        await Should.ThrowAsync<InvalidInputException>(async () =>
            await store.Committer.CommitAsync<int>(
                CommitKind.RunStart,
                connection =>
                {
                    NotesSchema.Insert(connection, "refused");
                    throw new InvalidInputException("text", "is refused");
                },
                Token
            )
        );
        await store.Add("next");

        store.Texts().ShouldBe(["next"]);
    }

    [Fact]
    public async Task The_callers_token_is_ignored_once_the_item_is_queued()
    {
        using var gate = new ManualResetEventSlim();
        using var source = new CancellationTokenSource();
        await using var store = new CommitterFixture();
        var blocking = store.Committer.CommitAsync(CommitKind.RunStart, _ => gate.Wait(10_000), Token).AsTask();
        var queued = store
            .Committer.CommitAsync(CommitKind.RunStart, c => NotesSchema.Insert(c, "kept"), source.Token)
            .AsTask();

        await source.CancelAsync();
        gate.Set();

        await queued;
        await blocking;
        store.Texts().ShouldBe(["kept"]);
        await Should.ThrowAsync<OperationCanceledException>(async () =>
            await store.Committer.CommitAsync(CommitKind.RunStart, c => NotesSchema.Insert(c, "no"), source.Token)
        );
    }

    [Fact]
    public async Task A_full_queue_makes_callers_wait_for_a_place()
    {
        using var gate = new ManualResetEventSlim();
        using var source = new CancellationTokenSource();
        using var entered = new SemaphoreSlim(0);
        await using var store = new CommitterFixture(limits: new CommitLimits { Queue = 1 });
        var blocking = store
            .Committer.CommitAsync(
                CommitKind.RunStart,
                _ =>
                {
                    entered.Release();
                    return gate.Wait(10_000);
                },
                Token
            )
            .AsTask();
        await entered.WaitAsync(Token);
        var queued = store.Add("queued").AsTask();
        var impatient = store
            .Committer.CommitAsync(CommitKind.RunStart, c => NotesSchema.Insert(c, "impatient"), source.Token)
            .AsTask();
        var patient = store.Add("patient").AsTask();

        await source.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(impatient);
        patient.IsCompleted.ShouldBeFalse();
        gate.Set();
        await Task.WhenAll(blocking, queued, patient);

        store.Texts().ShouldBe(["queued", "patient"]);
    }

    [Fact]
    public async Task The_observer_sees_each_kind_before_inside_and_after()
    {
        var observer = new RecordingObserver();
        await using var store = new CommitterFixture(new CommitterHooks { Observer = observer });

        await store.Add("one", CommitKind.ToolIntent);

        observer.Seen.ShouldBe([
            (CommitKind.ToolIntent, CommitPhase.Before),
            (CommitKind.ToolIntent, CommitPhase.Inside),
            (CommitKind.ToolIntent, CommitPhase.After),
        ]);
    }

    [Fact]
    public async Task Listeners_are_told_after_the_sync_and_before_the_caller()
    {
        var told = 0;
        await using var store = new CommitterFixture();
        var item = new NotifyingItem(() => told = store.Texts().Count);

        await store.Committer.CommitAsync(item, Token);

        told.ShouldBe(1);
    }

    [Fact]
    public async Task Continuations_do_not_run_on_the_writing_thread()
    {
        await using var store = new CommitterFixture();
        var writing = await store.Committer.CommitAsync(
            CommitKind.RunStart,
            _ => Environment.CurrentManagedThreadId,
            Token
        );

        Environment.CurrentManagedThreadId.ShouldNotBe(writing);
    }

    [Theory]
    [InlineData((int)CommitFault.Commit)]
    [InlineData((int)CommitFault.Begin)]
    [InlineData((int)CommitFault.Committed)]
    public async Task A_failed_write_is_never_reported_as_done_and_the_store_comes_back_with_a_new_epoch(int at)
    {
        var broken = false;
        var epoch = 1;
        var hooks = new CommitterHooks
        {
            Fault = fault =>
            {
                if (broken && fault == (CommitFault)at)
                {
                    broken = false;
                    throw new SqliteException(raw.SQLITE_IOERR, "disk I/O error");
                }
            },
            Rejoin = () => new DelegateCommit<int>(CommitKind.Node, _ => ++epoch),
        };
        await using var store = new CommitterFixture(hooks);
        await store.Add("first");

        broken = true;
        var failure = await Should.ThrowAsync<EverturnException>(async () => await store.Add("second"));
        await Eventually.Is(() => store.Committer.Health == StoreHealth.Available);
        await Eventually.Is(async () => await store.Add("third") > 0);

        if ((CommitFault)at == CommitFault.Begin)
            failure.ShouldBeOfType<StoreUnavailableException>();
        else
            failure.ShouldBeOfType<OutcomeUnknownException>();
        store.Texts().Contains("second").ShouldBe((CommitFault)at == CommitFault.Committed);
        store.Texts().ShouldContain("third");
        epoch.ShouldBe(2);
    }

    [Fact]
    public async Task A_store_that_cannot_be_opened_again_refuses_work_until_it_can()
    {
        var broken = false;
        using var reopened = new SemaphoreSlim(0);
        var hooks = new CommitterHooks
        {
            Fault = fault =>
            {
                if (Volatile.Read(ref broken) && fault is CommitFault.Commit or CommitFault.Reopen && broken)
                {
                    if (fault == CommitFault.Reopen)
                        reopened.Release();
                    throw new SqliteException(raw.SQLITE_FULL, "database or disk is full");
                }
            },
        };
        await using var store = new CommitterFixture(hooks);

        Volatile.Write(ref broken, true);
        await Should.ThrowAsync<EverturnException>(async () => await store.Add("lost"));
        await reopened.WaitAsync(Token);
        await Should.ThrowAsync<StoreUnavailableException>(async () => await store.Add("refused"));
        store.Committer.Health.ShouldBe(StoreHealth.Recovering);
        Volatile.Write(ref broken, false);
        await Eventually.Is(() => store.Committer.Health == StoreHealth.Available);
        await Eventually.Is(async () => await store.Add("back") > 0);

        store.Texts().ShouldBe(["back"]);
    }

    [Fact]
    public async Task Closing_writes_what_is_queued_and_refuses_the_rest()
    {
        var store = new CommitterFixture();
        var pending = Enumerable.Range(0, 100).Select(i => store.Add($"{i}").AsTask()).ToList();

        await store.Committer.DisposeAsync();

        await Task.WhenAll(pending);
        store.Count().ShouldBe(100);
        store.Committer.Health.ShouldBe(StoreHealth.Closed);
        await Should.ThrowAsync<StoreUnavailableException>(async () => await store.Add("late"));
        await store.DisposeAsync();
    }

    [Fact]
    public async Task The_wal_does_not_grow_over_ten_thousand_commits()
    {
        await using var store = new CommitterFixture();
        var prepared = new FileInfo(store.File.WalPath).Length;

        await Parallel.ForAsync(0, 10_000, Token, async (i, _) => await store.Add($"a note of some length {i}"));

        prepared.ShouldBeGreaterThanOrEqualTo(WalPreparation.Bytes);
        new FileInfo(store.File.WalPath).Length.ShouldBe(prepared);
    }

    private sealed class RecordingObserver : ICommitObserver
    {
        public ConcurrentQueue<(CommitKind, CommitPhase)> Seen { get; } = new();

        public void Reached(CommitKind kind, CommitPhase phase) => Seen.Enqueue((kind, phase));
    }

    private sealed class NotifyingItem(Action onDurable) : CommitItem<long>(CommitKind.DeltaFlush)
    {
        protected override long Apply(SqliteConnection connection) => NotesSchema.Insert(connection, "noted");

        protected override void OnDurable(long result) => onDurable();
    }
}
