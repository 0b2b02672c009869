using Everturn.Sqlite.Child;
using Everturn.Sqlite.Engine;
using Everturn.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Everturn.Sqlite.Tests.Engine;

/// <summary>A committer on a file with one table, and a connection to look at it.</summary>
internal sealed class CommitterFixture : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();

    public CommitterFixture(CommitterHooks? hooks = null, CommitLimits? limits = null)
    {
        File = new DatabaseFile(_directory.File("everturn.db"));
        SchemaMigrator.Migrate(File, [EngineSchema.Schema, NotesSchema.Schema]);
        WalPreparation.Prepare(File);
        Committer = new GroupCommitter(File, hooks ?? new(), limits ?? new(), NullLogger.Instance);
        Reader = File.OpenReader();
    }

    public DatabaseFile File { get; }

    public GroupCommitter Committer { get; }

    public SqliteConnection Reader { get; }

    public ValueTask<long> Add(string text, CommitKind kind = CommitKind.SessionUpdate) =>
        Committer.CommitAsync(
            kind,
            connection => NotesSchema.Insert(connection, text),
            TestContext.Current.CancellationToken
        );

    public long Count() => NotesSchema.Count(Reader);

    public IReadOnlyList<string> Texts() => NotesSchema.Texts(Reader);

    public async ValueTask DisposeAsync()
    {
        Reader.Dispose();
        await Committer.DisposeAsync();
        _directory.Dispose();
    }
}
