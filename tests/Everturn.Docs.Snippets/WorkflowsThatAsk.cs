using Everturn.Sessions;
using Everturn.Workflows;

namespace Everturn.Docs.Snippets;

/// <summary>docs/guides/approvals.md, workflows that ask.</summary>
internal static class WorkflowsThatAsk
{
    internal static async Task<string> RefundAsync(WorkflowStep step, IShop shop, Order order)
    {
        var decision = await step.RequestApprovalAsync(
            "refund",
            new Refund(order.Id, order.Total),
            new() { AnswerWithin = TimeSpan.FromDays(2), UserId = "ann" }
        );
        if (decision.Status == PendingCallStatus.Expired)
        {
            return "nobody decided";
        }

        return decision.IsApproved
            ? await step.DoAsync("pay", ct => shop.RefundAsync(decision.Arguments, ct))
            : $"refused by {decision.DecidedBy}: {decision.Reason}";
    }

    internal static async Task<string> ZoneAsync(WorkflowStep step, Order order)
    {
        var zone = await step.RequestClientToolAsync<Customer, string>(
            "time zone",
            new Customer(order.Id),
            new() { AnswerWithin = TimeSpan.FromMinutes(5) }
        );
        return zone;
    }

    private static Task<string> RefundAsync(this IShop shop, Refund refund, CancellationToken cancellationToken) =>
        shop.ChargeAsync($"{refund.Order} {-refund.Amount}", cancellationToken);

    private sealed record Refund(string Order, decimal Amount);

    private sealed record Customer(string Order);
}
