using Everturn.Testing.Sessions;

namespace Everturn.Sqlite.Tests.Sessions;

public sealed class SqliteSessionStoreWalkTests
{
    private static async ValueTask<SessionStoreFixture> OpenAsync() => await SqliteSessionStoreFixture.CreateAsync();

    [Fact]
    public Task Random_walks_agree_with_the_reference_model() => SessionStoreWalk.RunAsync(OpenAsync, count: 5);

    [Theory]
    [InlineData(1)]
    [InlineData(42)]
    public Task Fixed_walks_agree_with_the_reference_model(ulong seed) => SessionStoreWalk.RunAsync(OpenAsync, 5, seed);
}
