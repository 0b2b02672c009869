using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Patterns.Tests;

public sealed class GalleryTests : PatternTests
{
    [Fact]
    public async Task All_patterns_live_in_one_host()
    {
        await using var host = await StartAsync();

        host.Engine.Workflows.Select(workflow => workflow.Name)
            .Where(name => name != "everturn-agent-run")
            .ShouldBe([
                "approve-expense",
                "await-export",
                "bill-customer",
                "bill-month",
                "book-trip",
                "index-document",
                "nightly-report",
                "run-trial",
                "send-newsletter",
                "ship-order",
                "translate-book",
            ]);
    }

    [Fact]
    public async Task Two_workflows_of_the_same_types_are_told_apart_by_their_names()
    {
        await using var host = await StartAsync();

        var books = host.Services.GetRequiredKeyedService<IWorkflowClient<string, int>>("translate-book");
        var documents = host.Services.GetRequiredKeyedService<IWorkflowClient<string, int>>("index-document");

        (await books.RunAsync("b", cancellationToken: Token)).ShouldBe(11);
        (books.WorkflowName, documents.WorkflowName).ShouldBe(("translate-book", "index-document"));
        Should
            .Throw<InvalidOperationException>(() => host.Services.GetRequiredService<IWorkflowClient<string, int>>())
            .Message.ShouldContain("translate-book");
    }
}
