using Everturn.Sqlite;
using Everturn.Sqlite.StatefulAgents;
using Everturn.StatefulAgents.Storage;
using Everturn.StatefulAgents.Tests.Fixtures;

namespace Everturn.StatefulAgents.Tests.Storage;

/// <summary>Two hosts that both believe an object to be theirs: one of them was stopped, and goes on.</summary>
public sealed class ObjectStoreTests : IAsyncLifetime
{
    private static readonly StatefulAgentId Key = new("", "worker", "w");

    private readonly TempDirectory _directory = new();
    private SqliteDatabase _main = null!;
    private SqliteObjectStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        _main = new SqliteDatabase(new SqliteOptions { DataDirectory = _directory.Path });
        await _main.OpenAsync(TestContext.Current.CancellationToken);
        _store = new SqliteObjectStore(_main);
    }

    public async ValueTask DisposeAsync()
    {
        await _main.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task I1_One_that_found_no_file_does_not_write_over_that_which_the_other_made_meanwhile(bool isOpen)
    {
        await using var stopped = _store.Open(Key);
        stopped.Exists.ShouldBeFalse();
        var other = _store.Open(Key);
        await WriteAsync(other, 7);
        if (!isOpen)
        {
            await other.DisposeAsync();
        }

        await Should.ThrowAsync<StoreUnavailableException>(() => WriteAsync(stopped, 8));

        await other.DisposeAsync();
        await using var later = _store.Open(Key);
        later.Execute("SELECT value FROM t").ShouldHaveSingleItem()[0].AsLong().ShouldBe(7);
    }

    [Fact]
    public async Task What_a_destroyed_object_left_beside_its_file_is_no_part_of_the_next_one()
    {
        var first = _store.Open(Key);
        await WriteAsync(first, 7);
        var wal = _directory.ObjectFiles.Single(file => file.EndsWith("-wal", StringComparison.Ordinal));
        var left = await File.ReadAllBytesAsync(wal, TestContext.Current.CancellationToken);
        await first.DeleteAsync();
        await File.WriteAllBytesAsync(wal, left, TestContext.Current.CancellationToken);

        await using var next = _store.Open(Key);
        next.Execute("SELECT count(*) FROM sqlite_schema")[0][0].AsLong().ShouldBe(0);
    }

    private static async Task WriteAsync(IObjectDatabase database, int value)
    {
        database.Execute("CREATE TABLE t (value INTEGER)");
        database.Execute("INSERT INTO t VALUES (?1)", new SqlValue(value));
        await database.CommitAsync();
    }
}
