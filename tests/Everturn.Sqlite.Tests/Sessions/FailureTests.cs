using Everturn.Sqlite.Engine;
using Everturn.Sqlite.Tests.Engine;
using SQLitePCL;
using static Everturn.Sqlite.Tests.Sessions.SessionStoreHarness;

namespace Everturn.Sqlite.Tests.Sessions;

public sealed class FailureTests
{
    [Fact]
    public async Task A_failed_write_is_an_unknown_outcome_and_then_work_goes_on_under_a_new_epoch()
    {
        var broken = false;
        var services = new StorageServices
        {
            Fault = fault =>
            {
                if (fault == CommitFault.Commit && Interlocked.Exchange(ref broken, false))
                    throw new SqliteException(raw.SQLITE_IOERR, "disk I/O error");
            },
        };
        await using var harness = await OpenAsync(services);
        var listener = new RecordingListener();
        var run = await harness.StartRunAsync();
        using var listening = harness.Store.Listen(listener);

        Volatile.Write(ref broken, true);
        await Should.ThrowAsync<OutcomeUnknownException>(() => harness.CommitAsync(FlushOf(run, "lost")));

        listener.Committed.ShouldBeEmpty();
        await Eventually.Is(async () => await harness.Store.GetSessionAsync(Key, Token) is { LastSequence: 0 });
        await Eventually.Is(() => harness.Self.Epoch == run.Owner!.Value.Node.Epoch + 1);
        await Should.ThrowAsync<OwnershipLostException>(() => harness.CommitAsync(FlushOf(run, "from the past")));
        var taken = await harness.CommitAsync(
            FlushOf(run) with
            {
                Kind = Everturn.Storage.CommitKind.RunClaim,
                Fence = null,
                Claim = harness.Self,
            }
        );
        var flushed = await harness.CommitAsync(FlushOf(taken.Run!, "kept"));
        flushed.FirstSequence.ShouldBe(1);
        listener.Committed.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Reading_before_the_database_is_open_says_so()
    {
        var database = new SqliteDatabase(new SqliteOptions { DataDirectory = "unopened" });
        var store = new SqliteSessionStore(database);

        (
            await Should.ThrowAsync<StoreUnavailableException>(async () => await store.GetSessionAsync(Key, Token))
        ).Message.ShouldContain("OpenAsync");
        await Should.ThrowAsync<StoreUnavailableException>(async () =>
            await store.CommitAsync(StartOf("r-1", Key, "hello", null), Token)
        );
    }
}
