using Everturn.Testing.Sessions;

namespace Everturn.Tests.Sessions;

public sealed class InMemorySessionStoreConformanceTests
{
    public static TheoryData<string> Names => [.. SessionStoreConformance.Cases.Select(item => item.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Conforms(string name)
    {
        await using var fixture = new InMemorySessionStoreFixture();
        await SessionStoreConformance.Find(name).RunAsync(fixture);
    }

    [Fact]
    public void Case_names_are_unique() => Names.Distinct().Count().ShouldBe(SessionStoreConformance.Cases.Count);
}
