using Everturn.Testing.Sessions;

namespace Everturn.Tests.Sessions;

public sealed class InMemorySessionStoreWalkTests
{
    private static ValueTask<SessionStoreFixture> Open() => new(new InMemorySessionStoreFixture());

    [Fact]
    public Task Random_walks_agree_with_the_reference_model() => SessionStoreWalk.RunAsync(Open, count: 40);

    [Theory]
    [InlineData(1)]
    [InlineData(42)]
    [InlineData(2026)]
    public Task Fixed_walks_agree_with_the_reference_model(ulong seed) => SessionStoreWalk.RunAsync(Open, 20, seed);
}
