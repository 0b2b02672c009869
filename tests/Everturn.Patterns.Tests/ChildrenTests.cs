using Everturn.Workflows;
using Patterns.Children;

namespace Everturn.Patterns.Tests;

public sealed class ChildrenTests : PatternTests
{
    [Fact]
    public async Task Every_customer_is_billed_by_a_child()
    {
        await using var host = await StartAsync();
        await using var children = host.IntrospectAll("bill-customer");

        var summary = await host.RunAsync<string, BillingSummary>("bill-month", "2026-01", cancellationToken: Token);

        (summary.Total, summary.Failed.Count).ShouldBe((30m, 0));
        children.Instances.Count.ShouldBe(3);
        World.Done.Count(done => done.StartsWith("charge", StringComparison.Ordinal)).ShouldBe(3);
    }

    [Fact]
    public async Task The_failure_of_one_does_not_stop_the_others()
    {
        World.Fail("charge bo", new NonRetryableException("card expired"));
        await using var host = await StartAsync();

        var summary = await host.RunAsync<string, BillingSummary>("bill-month", "2026-01", cancellationToken: Token);

        (summary.Total, summary.Failed.Single()).ShouldBe((20m, "bo"));
    }

    [Fact]
    public async Task The_parent_alone_is_tested_with_mocked_children()
    {
        await using var host = await StartAsync();
        await using var parent = await host.IntrospectAsync(
            "bill-month",
            "m",
            m =>
                m.MockChildResult("bill ada", 5m)
                    .MockChildError("bill bo", new InvalidOperationException("no"))
                    .MockChildResult("bill cy", 7m),
            Token
        );

        var summary = await host.RunAsync<string, BillingSummary>("bill-month", "2026-01", "m", Token);

        (summary.Total, summary.Failed.Single()).ShouldBe((12m, "bo"));
        World.Done.ShouldBe(["customers"]);
    }

    [Fact]
    public async Task A_crash_of_the_parent_starts_no_child_twice()
    {
        await using var host = await StartAsync();
        await using var children = host.IntrospectAll("bill-customer");
        await using var parent = await host.IntrospectAsync(
            "bill-month",
            "m",
            m => m.CrashBefore("bill ada").CrashAfter("bill cy"),
            Token
        );

        (await host.RunAsync<string, BillingSummary>("bill-month", "2026-01", "m", Token)).Total.ShouldBe(30);

        (parent.Crashes, children.Instances.Count).ShouldBe((2, 3));
    }
}
