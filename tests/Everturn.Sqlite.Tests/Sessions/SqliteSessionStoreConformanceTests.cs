using Everturn.Testing.Sessions;

namespace Everturn.Sqlite.Tests.Sessions;

public sealed class SqliteSessionStoreConformanceTests
{
    public static TheoryData<string> Names => [.. SessionStoreConformance.Cases.Select(item => item.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_SQLite_store_conforms(string name)
    {
        await using var fixture = await SqliteSessionStoreFixture.CreateAsync();

        await SessionStoreConformance.Find(name).RunAsync(fixture);
    }
}
