using System.Security.Cryptography;
using Everturn.Sqlite.Child;
using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.Tests.Engine;

public sealed class SchemaMigratorTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly DatabaseFile _file;

    public SchemaMigratorTests() => _file = new DatabaseFile(_directory.File("everturn.db"));

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_new_file_carries_our_pragmas()
    {
        SchemaMigrator.Migrate(_file, [EngineSchema.Schema]);

        using var connection = _file.OpenWriter();
        connection.QueryLong("PRAGMA application_id").ShouldBe(DatabaseFile.ApplicationId);
        connection.QueryLong("PRAGMA page_size").ShouldBe(2048);
        connection.QueryLong("PRAGMA auto_vacuum").ShouldBe(2);
        connection.QueryLong("PRAGMA synchronous").ShouldBe(2);
        connection.QueryLong("PRAGMA journal_size_limit").ShouldBe(-1);
        using var mode = connection.Use("PRAGMA journal_mode");
        mode.Read().ShouldBeTrue();
        mode.Text(0).ShouldBe("wal");
    }

    [Fact]
    public void Later_migrations_run_once_and_keep_the_data()
    {
        SchemaMigrator.Migrate(_file, [NotesSchema.Schema]);
        using (var connection = _file.OpenWriter())
            NotesSchema.Insert(connection, "old");
        var next = NotesSchema.Schema with
        {
            Migrations =
            [
                .. NotesSchema.Schema.Migrations,
                new Migration(2, "ALTER TABLE notes ADD COLUMN stars INTEGER NOT NULL DEFAULT 3"),
            ],
        };

        SchemaMigrator.Migrate(_file, [next]);
        SchemaMigrator.Migrate(_file, [next]);

        using var reader = _file.OpenReader();
        reader.QueryLong("SELECT stars FROM notes WHERE text = 'old'").ShouldBe(3);
    }

    [Fact]
    public void A_migration_that_fails_leaves_the_old_version()
    {
        SchemaMigrator.Migrate(_file, [NotesSchema.Schema]);
        var broken = NotesSchema.Schema with
        {
            Migrations =
            [
                .. NotesSchema.Schema.Migrations,
                new Migration(2, "CREATE TABLE half (id INTEGER) STRICT; CREATE NONSENSE"),
            ],
        };

        Should.Throw<SqliteException>(() => SchemaMigrator.Migrate(_file, [broken]));

        SchemaMigrator.Migrate(_file, [NotesSchema.Schema]);
        using var reader = _file.OpenReader();
        reader.QueryLong("SELECT count(*) FROM sqlite_schema WHERE name = 'half'").ShouldBe(0);
    }

    [Fact]
    public void A_newer_version_is_refused_and_not_touched()
    {
        var newer = NotesSchema.Schema with
        {
            Migrations = [.. NotesSchema.Schema.Migrations, new Migration(2, "CREATE TABLE more (id INTEGER) STRICT")],
        };
        SchemaMigrator.Migrate(_file, [newer]);
        var before = Content();

        var refusal = Should.Throw<StoreVersionException>(() => SchemaMigrator.Migrate(_file, [NotesSchema.Schema]));

        (refusal.Found, refusal.Supported).ShouldBe((2, 1));
        Content().ShouldBe(before);
    }

    [Fact]
    public void A_file_of_another_application_is_refused_and_not_touched()
    {
        using (var other = SqliteConnection.Open(_file.Path))
            other.ExecuteOnce("CREATE TABLE theirs (id INTEGER)");
        var before = Content();

        Should.Throw<StoreUnavailableException>(() => SchemaMigrator.Migrate(_file, [NotesSchema.Schema]));

        Content().ShouldBe(before);
    }

    private string Content() =>
        string.Join(
            ' ',
            new[] { _file.Path, _file.WalPath }
                .Where(File.Exists)
                .Select(path => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))))
        );
}
