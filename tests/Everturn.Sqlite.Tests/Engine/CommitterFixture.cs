using Everturn.Sqlite.Engine;
using Everturn.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Everturn.Sqlite.Tests.Engine;

/// <summary>A committer on a file with one table, and a connection to look at it.</summary>
internal sealed class CommitterFixture : IAsyncDisposable
{
    public static readonly Schema Notes = new(
        "notes",
        [new Migration(1, "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT")]
    );

    private readonly TempDirectory _directory = new();

    public CommitterFixture(CommitterHooks? hooks = null, CommitLimits? limits = null)
    {
        File = new DatabaseFile(_directory.File("everturn.db"));
        SchemaMigrator.Migrate(File, [EngineSchema.Schema, Notes]);
        WalPreparation.Prepare(File);
        Committer = new GroupCommitter(File, hooks ?? new(), limits ?? new(), NullLogger.Instance);
        Reader = File.OpenReader();
    }

    public DatabaseFile File { get; }

    public GroupCommitter Committer { get; }

    public SqliteConnection Reader { get; }

    public ValueTask<long> Add(string text, CommitKind kind = CommitKind.SessionUpdate) =>
        Committer.CommitAsync(kind, connection => Insert(connection, text), TestContext.Current.CancellationToken);

    public static long Insert(SqliteConnection connection, string text)
    {
        using var statement = connection.Use("INSERT INTO notes (text) VALUES (?1) RETURNING id");
        statement.Bind(1, text).Read();
        return statement.Long(0);
    }

    public long Count() => Reader.QueryLong("SELECT count(*) FROM notes")!.Value;

    public IReadOnlyList<string> Texts()
    {
        using var statement = Reader.Use("SELECT text FROM notes ORDER BY id");
        List<string> texts = [];
        while (statement.Read())
            texts.Add(statement.Text(0));
        return texts;
    }

    public async ValueTask DisposeAsync()
    {
        Reader.Dispose();
        await Committer.DisposeAsync();
        _directory.Dispose();
    }
}
