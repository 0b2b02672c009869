using System.Text.Json;
using Everturn.Approvals;
using Everturn.Testing;
using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;
using Patterns.Approval;

namespace Everturn.Patterns.Tests;

public sealed class ApprovalTests : PatternTests
{
    private static readonly Expense Lunch = new("Bo", 42);

    [Fact]
    public async Task An_approved_expense_is_paid_once_wherever_the_host_crashes()
    {
        await using var host = await StartAsync<ApproveExpense>();
        await using var instance = await host.IntrospectAsync(
            "approve-expense",
            "x1",
            m => m.MockAnswer("decision of manager", ToolAnswer.Approve(), "Ada").CrashAfter("pay"),
            Token
        );

        (await host.RunAsync<Expense, string>("approve-expense", Lunch, "x1", Token)).ShouldBe("approved by Ada");

        World.Done.ShouldBe(["tell manager", "pay 42 for x1"]);
        instance.Crashes.ShouldBe(1);
    }

    [Fact]
    public async Task A_rejection_is_the_end_of_it()
    {
        await using var host = await StartAsync<ApproveExpense>();
        await using var instance = await host.IntrospectAsync("approve-expense", "x1", cancellationToken: Token);
        await host.Client<Expense, string>("approve-expense").CreateAsync(Lunch, "x1", cancellationToken: Token);
        await instance.WaitForStatusAsync(InstanceStatus.Waiting, Token);

        await AnswerAsync(host, "manager", ToolAnswer.Deny("too much"), "Ada");

        await instance.WaitForStatusAsync(InstanceStatus.Complete, Token);
        (await instance.GetOutputAsync<string>(Token)).ShouldBe("rejected by Ada: too much");
        World.Done.ShouldBe(["tell manager"]);
    }

    [Fact]
    public async Task Where_the_manager_does_not_answer_the_director_is_asked_after_three_days()
    {
        await using var host = await StartAsync<ApproveExpense>();
        await using var instance = await host.IntrospectAsync("approve-expense", "x1", cancellationToken: Token);
        await host.Client<Expense, string>("approve-expense").CreateAsync(Lunch, "x1", cancellationToken: Token);

        await host.AdvanceAsync(TimeSpan.FromDays(3), Token);
        World.Done.ShouldBe(["tell manager", "tell director"]);
        var less = JsonElement.Parse("""{"employee":"Bo","amount":20}""");
        await AnswerAsync(host, "director", ToolAnswer.Approve(less), "Cy");

        (await instance.RunToEndAsync(Token)).Output<string>().ShouldBe("approved by Cy");
        World.Done[^1].ShouldBe("pay 20 for x1");
        host.Time.GetUtcNow().ShouldBe(Start.AddDays(3));
    }

    [Fact]
    public async Task Nobody_answers()
    {
        await using var host = await StartAsync<ApproveExpense>();

        var result = await host.RunAsync<Expense, string>("approve-expense", Lunch, cancellationToken: Token);

        result.ShouldBe("rejected: nobody answered");
        host.Time.GetUtcNow().ShouldBe(Start.AddDays(6));
    }

    private static async Task AnswerAsync(WorkflowTestHost host, string role, ToolAnswer answer, string by)
    {
        var approvals = host.Services.GetRequiredService<IApprovals>();
        var asked = (await approvals.ListAsync(new() { UserId = role }, Token)).Items.ShouldHaveSingleItem();
        await approvals.AnswerAsync(asked.ApprovalId, answer, new() { DecidedBy = by }, cancellationToken: Token);
    }
}
