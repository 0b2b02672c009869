using Everturn.Memory;
using Everturn.Sessions;
using Everturn.Storage;
using Everturn.Testing;
using Everturn.Testing.Sessions;

namespace Everturn.Tests.Sessions;

public sealed class SessionStoreWalkTests
{
    [Fact]
    public async Task A_store_that_keeps_dead_nodes_alive_is_found_out_with_a_short_walk()
    {
        var failure = await Should.ThrowAsync<ConformanceException>(() =>
            SessionStoreWalk.RunAsync(static () => new(new UnfencedFixture()), count: 50, seed: 7)
        );
        failure.Message.ShouldStartWith("Seed 7.");
        failure.Message.ShouldContain(nameof(OwnershipLostException));
        // The walk that shows it: a node dies, and it goes on.
        failure.Message.Split(": WalkStep").Length.ShouldBeInRange(2, 6);
    }

    private sealed class UnfencedFixture : SessionStoreFixture
    {
        private readonly InMemoryNodeDirectory _nodes = new();

        public UnfencedFixture() => Store = new InMemorySessionStore(_nodes);

        public override ISessionStore Store { get; }

        public override ValueTask ReopenAsync() => default;

        public override ValueTask<NodeIdentity> AddNodeAsync() => new(_nodes.Join().Self);

        public override ValueTask FenceNodeAsync(NodeIdentity node) => default;
    }
}
