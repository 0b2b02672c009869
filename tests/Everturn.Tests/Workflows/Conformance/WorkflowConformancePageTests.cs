namespace Everturn.Tests.Workflows.Conformance;

public sealed class WorkflowConformancePageTests
{
    [Fact]
    public async Task The_workflow_page_says_what_the_tests_show() =>
        (await File.ReadAllTextAsync(WorkflowConformancePage.File, TestContext.Current.CancellationToken)).ShouldBe(
            WorkflowConformancePage.Render(),
            "Write the page anew: run Write_the_workflow_page, which is explicit."
        );

    [Fact]
    public void Tests_name_only_cases_that_there_are()
    {
        var known = WorkflowCase.All.SelectMany(section => section.Cases).Select(item => item.Id).ToHashSet();

        // Other lists, such as that of stateful agents, have prefixes of their own.
        var prefixes = known.Select(id => id[..2]).ToHashSet();
        CaseTests
            .Places.Select(place => place.Key)
            .Where(id => prefixes.Contains(id[..2]) && !known.Contains(id))
            .ShouldBeEmpty();
        known.Count.ShouldBe(114);
    }

    [Fact(Explicit = true)]
    public async Task Write_the_workflow_page() =>
        await File.WriteAllTextAsync(
            WorkflowConformancePage.File,
            WorkflowConformancePage.Render(),
            TestContext.Current.CancellationToken
        );
}
