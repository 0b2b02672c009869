using Everturn.Sqlite.Engine;
using Everturn.Sqlite.Hosting;
using Everturn.Sqlite.Tests.Engine;
using SQLitePCL;

namespace Everturn.Sqlite.Tests.Sessions;

public sealed class AvailabilityTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_database_refuses_work_before_it_is_open_while_it_recovers_and_after_it_was_closed()
    {
        using var directory = new TempDirectory();
        var broken = 0;
        var services = new StorageServices
        {
            Fault = fault =>
            {
                if (fault is CommitFault.Commit or CommitFault.Reopen && Volatile.Read(ref broken) == 1)
                    throw new SqliteException(raw.SQLITE_IOERR, "disk I/O error");
            },
        };
        var database = new SqliteDatabase(new SqliteOptions { DataDirectory = directory.Path }, services);
        var availability = new SqliteAvailability(database);

        availability.Refusal.ShouldNotBeNull().ShouldContain("not open");
        await database.OpenAsync(Token);
        availability.Refusal.ShouldBeNull();

        Volatile.Write(ref broken, 1);
        var write = database.Storage.Committer.CommitAsync(Everturn.Storage.CommitKind.Sweep, _ => 0, Token);
        await Should.ThrowAsync<OutcomeUnknownException>(async () => await write);
        availability.Refusal.ShouldNotBeNull().ShouldContain("A write failed");

        Volatile.Write(ref broken, 0);
        await Eventually.Is(() => availability.Refusal is null);
        await database.DisposeAsync();
        availability.Refusal.ShouldNotBeNull().ShouldContain("closed");
    }
}
