using Everturn.Memory;

namespace Everturn.Tests.Sessions;

public sealed class InMemoryNodeDirectoryTests
{
    [Fact]
    public async Task A_dead_node_is_fenced_once_and_by_name()
    {
        var one = new InMemoryNodeDirectory();
        var two = one.Join();
        two.Self.NodeId.ShouldNotBe(one.Self.NodeId);
        (await one.FenceDeadNodesAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
        one.MarkDead(two.Self);
        one.IsLive(two.Self).ShouldBeTrue();
        (await one.FenceDeadNodesAsync(TestContext.Current.CancellationToken)).ShouldBe([two.Self]);
        one.IsLive(two.Self).ShouldBeFalse();
        one.IsLive(one.Self).ShouldBeTrue();
        one.MarkDead(two.Self);
        (await one.FenceDeadNodesAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }
}
