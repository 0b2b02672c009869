using System.Collections.Concurrent;
using Everturn.Sessions;
using Everturn.Sqlite;
using Everturn.Sqlite.Sessions;
using Everturn.Storage;
using Everturn.Testing.Sessions;

namespace Everturn.StatefulAgents.Tests.Sessions;

/// <summary>
/// The session store in a live object's database under the conformance kit, which calls it from outside of the object's
/// turns. An object has one node that may own its runs; the kit's nodes stand for those of one host after the other.
/// </summary>
internal sealed class ObjectSessionStoreFixture : SessionStoreFixture
{
    private readonly StatefulAgentHandle<Fixtures.Worker> _object;
    private readonly ConcurrentDictionary<NodeIdentity, bool> _live = new();
    private ISessionStore? _store;

    private ObjectSessionStoreFixture(StatefulAgentHandle<Fixtures.Worker> agent) => _object = agent;

    public override ISessionStore Store => _store!;

    public static async Task<ObjectSessionStoreFixture> CreateAsync(StatefulAgentHandle<Fixtures.Worker> agent)
    {
        var fixture = new ObjectSessionStoreFixture(agent);
        await fixture.OpenAsync();
        return fixture;
    }

    public override async ValueTask ReopenAsync()
    {
        await Should.ThrowAsync<ObjectResetException>(() => _object.CallAsync(agent => agent.AbortNow("reopened")));
        await OpenAsync();
    }

    public override ValueTask<NodeIdentity> AddNodeAsync()
    {
        var node = new NodeIdentity($"node-{_live.Count + 1}", 1);
        _live[node] = true;
        return new(node);
    }

    public override ValueTask FenceNodeAsync(NodeIdentity node)
    {
        _live[node] = false;
        return default;
    }

    private async Task OpenAsync() =>
        _store = await _object.CallAsync(agent => new SqliteSessionStore(
            new ObjectSessionFile(agent.Storage, node => _live.GetValueOrDefault(node)),
            limits: null
        ));
}
