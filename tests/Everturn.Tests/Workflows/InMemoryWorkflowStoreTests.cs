using Everturn.Testing.Workflows;

namespace Everturn.Tests.Workflows;

public sealed class InMemoryWorkflowStoreTests
{
    public static TheoryData<string> Cases => [.. WorkflowStoreConformance.Cases.Select(item => item.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Conforms(string name)
    {
        await using var fixture = new InMemoryWorkflowStoreFixture();
        await WorkflowStoreConformance.Find(name).RunAsync(fixture);
    }
}
