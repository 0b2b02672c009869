using Everturn.Testing.Sessions;

namespace Everturn.Sqlite.Tests.Sessions;

public sealed class SqliteSessionStoreWalkTests
{
    [Fact]
    public Task Random_walks_agree_with_the_reference_model() => SessionStoreWalk.RunAsync(Open, count: 15);

    [Theory]
    [InlineData(1)]
    [InlineData(42)]
    [InlineData(2026)]
    public Task Fixed_walks_agree_with_the_reference_model(ulong seed) => SessionStoreWalk.RunAsync(Open, 8, seed);

    private static async ValueTask<SessionStoreFixture> Open() => await SqliteSessionStoreFixture.CreateAsync();
}
