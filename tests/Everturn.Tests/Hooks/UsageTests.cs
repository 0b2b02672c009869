using Everturn.Agents;
using Everturn.Testing;
using Everturn.Testing.Models;
using Everturn.Usage;

namespace Everturn.Tests.Hooks;

public sealed class UsageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_result_tells_what_its_run_used_and_the_session_sums_its_runs()
    {
        var agent = AgentDefinition
            .Create("spender")
            .WithTool(
                (ToolContext context) =>
                {
                    context.RecordUsage("pages", 2);
                    return "read";
                },
                o => o.Name = "read"
            )
            .WithTool(Break, o => o.Name = "break")
            .WithHooks(
                new()
                {
                    AfterModelCall = (call, _) =>
                    {
                        call.RecordUsage("checks", 1);
                        return default;
                    },
                }
            )
            .Build();
        await using var host = await AgentTestHost.StartAsync(e => e.AddAgent(agent), cancellationToken: Token);
        host.Model.Enqueue(
            ScriptedReply.ToolCall("read").ThenToolCall("break").ThenUsage(10, 5),
            ScriptedReply.Text("one").ThenUsage(20, 6),
            ScriptedReply.Text("two").ThenUsage(100, 1)
        );

        var first = await host.RunAsync(agent, "first", cancellationToken: Token);
        var run = (await host.Executor.GetHandleAsync(agent, "test", cancellationToken: Token))!;
        (await run.GetUsageAsync(Token)).Tokens.ShouldBe(first.Usage.Tokens);
        var second = await host.RunAsync(agent, "second", cancellationToken: Token);

        first.Usage.Tokens.Total.ShouldBe(41);
        first.Usage.ModelCalls.ShouldBe(2);
        first.Usage.ByTool["read"].ShouldBe(new ToolStats(1, 0));
        first.Usage.ByTool["break"].ShouldBe(new ToolStats(1, 1));
        first.Usage.Custom.ShouldBe(
            new Dictionary<string, double> { ["pages"] = 2, ["checks"] = 2 },
            ignoreOrder: true
        );
        second.Usage.Tokens.Total.ShouldBe(101);
        var session = await run.GetUsageRollupAsync(Token);
        session.Tokens.Total.ShouldBe(142);
        session.ByAgent["spender"].Calls.ShouldBe(3);
        session.Custom["checks"].ShouldBe(3);
    }

    [Fact]
    public async Task Entries_can_be_recorded_by_hand_and_are_kept_one_by_one()
    {
        var agent = AgentDefinition.Create("writer").Build();
        await using var host = await AgentTestHost.StartAsync(e => e.AddAgent(agent), cancellationToken: Token);
        host.Model.Enqueue(ScriptedReply.Text("done").ThenUsage(1, 1));
        await host.RunAsync(agent, "go", cancellationToken: Token);
        IUsageStore usage = host.Store;
        var run = (await host.Store.GetCurrentRunAsync(new("test"), Token))!;

        await usage.RecordEntryAsync(
            new("test"),
            new()
            {
                Id = "by-hand",
                RunId = run.RunId,
                Timestamp = host.Time.GetUtcNow(),
                Kind = "custom",
                Name = "seconds",
                Amount = 1.5,
            },
            Token
        );

        var entries = await usage.GetEntriesAsync(new("test"), new(), Token);
        entries.Items.Select(entry => entry.Kind).ShouldBe(["tokens", "custom"]);
        (await usage.GetRollupAsync(new("test"), run.RunId, Token)).Custom["seconds"].ShouldBe(1.5);
    }

    private static string Break() => throw new InvalidOperationException("broken");
}
