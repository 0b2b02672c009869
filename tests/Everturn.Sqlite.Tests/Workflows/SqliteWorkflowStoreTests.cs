using Everturn.Testing.Workflows;

namespace Everturn.Sqlite.Tests.Workflows;

public sealed class SqliteWorkflowStoreTests
{
    public static TheoryData<string> Cases => [.. WorkflowStoreConformance.Cases.Select(item => item.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Conforms(string name)
    {
        await using var fixture = await SqliteWorkflowStoreFixture.CreateAsync();
        await WorkflowStoreConformance.Find(name).RunAsync(fixture);
    }
}
