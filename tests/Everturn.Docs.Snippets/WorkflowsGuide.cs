using System.Text;
using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Docs.Snippets;

/// <summary>docs/guides/workflows.md.</summary>
internal static class WorkflowsGuide
{
    internal static void Register(IServiceCollection services) =>
        services
            .AddEverturn()
            .UseSqlite(o => o.DataDirectory = "data")
            .AddWorkflow<Onboarding>(o =>
            {
                o.ConcurrencyLimit = 50;
                o.Retention = new() { Success = TimeSpan.FromDays(7), Error = TimeSpan.FromDays(90) };
                o.Schedules.Add(WorkflowSchedule.Create("0 6 * * MON", new Order("weekly", 0)));
            });

    internal static async Task CreateAsync(IWorkflowClient<Order, string> onboarding)
    {
        var instance = await onboarding.CreateAsync(new Order("o-17", 40), id: "order-17");
        await instance.SendEventAsync("signed", "Ada");
        var receipt = await instance.ResultAsync<string>();
        Console.WriteLine(receipt);
    }

    internal static async Task<string> RetriesAsync(WorkflowStep step, IShop shop, Order order)
    {
        var options = new StepOptions
        {
            Timeout = TimeSpan.FromSeconds(30),
            Retries = new()
            {
                Limit = 3,
                Delay = TimeSpan.FromSeconds(5),
                Backoff = Backoff.Linear,
            },
        };
        return await step.DoAsync(
            "charge",
            options,
            async (context, ct) =>
            {
                if (order.Id.Length == 0)
                {
                    throw new NonRetryableException("An order without an id will not get one by waiting.");
                }

                return $"{await shop.ChargeAsync(order.Id, ct)} in attempt {context.Attempt}";
            }
        );
    }

    internal static async Task<string> ApprovalAsync(WorkflowStep step)
    {
        try
        {
            var answer = await step.WaitForEventAsync<bool>("approval", new() { Timeout = TimeSpan.FromDays(2) });
            return answer.Payload ? "approved" : "rejected";
        }
        catch (WorkflowTimeoutException)
        {
            return "nobody answered";
        }
    }

    internal static async Task<int> AskAsync(WorkflowStep step, Order order)
    {
        var decision = await step.RequestApprovalAsync("discount", new Discount(order.Id, 20));
        var percent = decision.IsApproved ? decision.Arguments.Percent : 0;
        return percent;
    }

    private sealed record Discount(string Order, int Percent);

    internal static async Task ParallelAsync(WorkflowStep step, IShop shop, IReadOnlyList<Order> orders)
    {
        await Task.WhenAll(
            orders.Select(order => step.DoAsync($"reserve {order.Id}", ct => shop.ReserveAsync(order.Id, ct)))
        );
    }

    internal static async Task ChildrenAsync(WorkflowStep step, Order order)
    {
        var receipt = await step.RunChildAsync<Order, string>("onboard", "onboarding", order);
        var id = await step.StartChildAsync("and one more", "onboarding", order);
        Console.WriteLine($"{receipt} {id}");
    }

    internal static async Task RollbackAsync(WorkflowStep step, IShop shop, Order order)
    {
        var undo = new StepRollback(
            (rollback, ct) => rollback.HasOutput ? shop.AuditAsync(order.Id, ct) : Task.CompletedTask
        );
        await step.DoAsync("reserve", new StepOptions { Rollback = undo }, ct => shop.ReserveAsync(order.Id, ct));
    }

    internal static async Task StreamAsync(WorkflowStep step, IReadOnlyList<Order> orders)
    {
        var export = await step.StreamAsync("export", (_, _) => Lines(orders));
        await foreach (var piece in export)
        {
            Console.WriteLine(piece.Length);
        }

        static async IAsyncEnumerable<ReadOnlyMemory<byte>> Lines(IReadOnlyList<Order> orders)
        {
            foreach (var order in orders)
            {
                yield return Encoding.UTF8.GetBytes($"{order.Id}\n");
            }
        }
    }

    internal static async Task ControlAsync(IWorkflowClient<Order, string> onboarding)
    {
        var instance = await onboarding.GetAsync("order-17");
        await instance.PauseAsync();
        await instance.ResumeAsync();
        await instance.TerminateAsync(new() { Rollback = true });
        await instance.RestartAsync(new() { From = new("reserve") });
        await instance.DeleteAsync();
    }

    internal static async Task LookAsync(IWorkflowClient<Order, string> onboarding)
    {
        var failed = await onboarding.ListAsync(new() { Status = InstanceStatus.Errored, Limit = 20 });
        foreach (var found in failed.Instances)
        {
            var instance = await onboarding.GetAsync(found.Key.Id);
            var details = await instance.DescribeAsync();
            Console.WriteLine($"{found.Error?.Message} after {details.Steps.Count} steps");
        }
    }

    internal static async Task FollowAsync(WorkflowInstance instance, long cursor)
    {
        await foreach (var happened in instance.SubscribeAsync(new() { Cursor = cursor }))
        {
            cursor = happened.EventId;
            Console.WriteLine($"{happened.Timestamp:T} {happened.Type} {happened.StepName}");
        }
    }
}
