using Everturn.Storage;

namespace Everturn.Testing.Sessions.Walk;

/// <summary>The nodes of a walk: one that died last, and some that live.</summary>
internal sealed class WalkNodes
{
    private const int Living = 3;
    private readonly List<NodeIdentity> _live = [];
    private NodeIdentity _dead = new("nobody", 1);

    public IReadOnlyList<NodeIdentity> Live => _live;

    public async Task FillAsync(SessionStoreFixture fixture)
    {
        while (_live.Count < Living)
        {
            _live.Add(await fixture.AddNodeAsync().ConfigureAwait(false));
        }
    }

    /// <summary>A node, now and then the dead one.</summary>
    public NodeIdentity Pick(int number) => number % 13 == 0 ? _dead : _live[number % _live.Count];

    public async Task FenceAsync(SessionStoreFixture fixture, int number)
    {
        _dead = _live[number % _live.Count];
        _live.Remove(_dead);
        await fixture.FenceNodeAsync(_dead).ConfigureAwait(false);
        await FillAsync(fixture).ConfigureAwait(false);
    }
}
