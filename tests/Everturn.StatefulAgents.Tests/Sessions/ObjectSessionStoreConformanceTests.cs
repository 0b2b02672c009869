using Everturn.Testing.Sessions;

namespace Everturn.StatefulAgents.Tests.Sessions;

/// <summary>The session store in an object's database is held to what every session store is held to.</summary>
public sealed class ObjectSessionStoreConformanceTests(WorkerHost host) : IClassFixture<WorkerHost>
{
    public static TheoryData<string> Names => [.. SessionStoreConformance.Cases.Select(item => item.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_store_in_an_objects_database_conforms(string name)
    {
        await using var fixture = await host.OpenSessionsAsync();

        await SessionStoreConformance.Find(name).RunAsync(fixture);
    }

    [Fact]
    public Task Random_walks_agree_with_the_reference_model() => SessionStoreWalk.RunAsync(Open, count: 4);

    [Theory]
    [InlineData(1)]
    [InlineData(2026)]
    public Task Fixed_walks_agree_with_the_reference_model(ulong seed) => SessionStoreWalk.RunAsync(Open, 3, seed);

    private async ValueTask<SessionStoreFixture> Open() => await host.OpenSessionsAsync();
}
