using Everturn.Sessions;
using Everturn.Sqlite.Engine;
using Everturn.Storage;
using Everturn.Testing.Sessions;

namespace Everturn.Sqlite.Tests.Sessions;

/// <summary>The SQLite store under the conformance kit. Its nodes are rows, as other processes would have them.</summary>
internal sealed class SqliteSessionStoreFixture : SessionStoreFixture
{
    private readonly SessionStoreHarness _harness;
    private int _nodes;

    private SqliteSessionStoreFixture(SessionStoreHarness harness) => _harness = harness;

    public override ISessionStore Store => _harness.Store;

    public static async Task<SqliteSessionStoreFixture> CreateAsync() => new(await SessionStoreHarness.OpenAsync());

    public override async ValueTask ReopenAsync() => await _harness.ReopenAsync();

    public override async ValueTask<NodeIdentity> AddNodeAsync()
    {
        var node = new NodeIdentity($"node-{++_nodes}", 1);
        await Committer.CommitAsync(new JoinCommit(node, 0, static _ => { }), SessionStoreHarness.Token);
        return node;
    }

    public override async ValueTask FenceNodeAsync(NodeIdentity node) =>
        await Committer.CommitAsync(new FenceCommit([node], 0, 0), SessionStoreHarness.Token);

    public override async ValueTask DisposeAsync()
    {
        await _harness.DisposeAsync();
        await base.DisposeAsync();
    }

    private GroupCommitter Committer => _harness.Database.Storage.Committer;
}
