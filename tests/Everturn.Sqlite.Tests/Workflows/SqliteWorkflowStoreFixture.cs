using Everturn.Sqlite.Engine;
using Everturn.Sqlite.Tests.Engine;
using Everturn.Sqlite.Workflows;
using Everturn.Storage;
using Everturn.Testing.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Sqlite.Tests.Workflows;

/// <summary>The SQLite store under the conformance kit.</summary>
public sealed class SqliteWorkflowStoreFixture : WorkflowStoreFixture
{
    private readonly TempDirectory _directory = new();
    private SqliteStorage _storage = null!;
    private SqliteWorkflowStore _store = null!;
    private int _nodes;

    private SqliteWorkflowStoreFixture() { }

    public override IWorkflowStore Store => _store;

    public static async Task<SqliteWorkflowStoreFixture> CreateAsync()
    {
        var fixture = new SqliteWorkflowStoreFixture();
        await fixture.OpenAsync();
        return fixture;
    }

    public override async ValueTask ReopenAsync()
    {
        await _storage.DisposeAsync();
        await OpenAsync();
    }

    public override async ValueTask<NodeIdentity> AddNodeAsync()
    {
        var id = $"node-{++_nodes}";
        return await _storage.Committer.CommitAsync(
            CommitKind.Node,
            connection =>
            {
                using var statement = connection.Use(NodeSql.Insert);
                statement.Bind(1, id).Bind(2, 1L).Bind(3, "host").Bind(4, 1L).Bind(5, 0L).Read();
                return new NodeIdentity(id, statement.Long(0));
            }
        );
    }

    public override async ValueTask FenceNodeAsync(NodeIdentity node) =>
        await _storage.Committer.CommitAsync(
            CommitKind.Node,
            connection =>
            {
                using var statement = connection.Use(NodeSql.Fence);
                return statement.Bind(1, node.NodeId).Bind(2, node.Epoch).Bind(3, 0L).Run();
            }
        );

    public override async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        _directory.Dispose();
        await base.DisposeAsync();
    }

    private async Task OpenAsync()
    {
        var options = new SqliteOptions { DataDirectory = _directory.Path };
        _storage = await SqliteStorage.OpenAsync(options, [WorkflowSchema.Schema], new StorageServices());
        _store = new SqliteWorkflowStore(_storage);
    }
}
