using Everturn.Agents;
using Everturn.Testing.Models;
using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Cli.Tests;

public sealed class ApprovalCommandTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_are_listed_allowed_with_other_arguments_and_refused()
    {
        await using var host = await StartAsync(Mail("bob"), "done", Mail("eve"), "a pity");
        await SuspendAsync(host, "s1");
        var table = (await host.RunAsync("approvals", "list")).Exits(0);
        table.Lines[0].ShouldStartWith("APPROVAL ");
        table.Lines[1].ShouldContain("send_mail");
        table.Lines[1].ShouldContain("""{"to":"bob"}""");
        var id = await IdAsync(host);

        var bad = await host.RunAsync("approvals", "approve", id, "--arguments", "{\"to\":7}");
        var approved = (
            await host.RunAsync(
                "approvals",
                "approve",
                id,
                "--arguments",
                "{\"to\":\"joe\"}",
                "--by",
                "ann",
                "--resume"
            )
        ).Exits(0);

        bad.Errors.ShouldContain("arguments");
        approved.Lines[0].ShouldBe("send_mail of s1 is approved. The run goes on.");
        var other = await host.RunAsync("approvals", "deny", id);
        other.Errors.ShouldContain("approved already");
        await SuspendAsync(host, "s2");
        var denied = (
            await host.RunAsync("approvals", "deny", await IdAsync(host), "--reason", "not today", "--json")
        ).Exits(0);
        denied.Json.GetProperty("approval").GetProperty("reason").GetString().ShouldBe("not today");
        var decided = (await host.RunAsync("approvals", "list", "--status", "approved", "--json")).Exits(0);
        decided.Json.GetProperty("approvals")[0].GetProperty("decidedBy").GetString().ShouldBe("ann");
    }

    [Fact]
    public async Task Calls_of_workflows_are_in_the_same_list_and_decided_in_the_same_way()
    {
        await using var host = await StartAsync(Mail("bob"));
        await SuspendAsync(host, "s1");
        var client = host.Services.GetRequiredService<IWorkflowClient<int, string>>();
        var instance = await client.CreateAsync(40, "order-1", cancellationToken: Token);
        var both = await ListUntilAsync(host, 3, "approvals", "list");
        both.Lines.ShouldContain(line => line.Contains("s1", StringComparison.Ordinal));
        both.Lines.ShouldContain(line =>
            line.Contains("refunds/order-1", StringComparison.Ordinal)
            && line.Contains("""{"amount":40}""", StringComparison.Ordinal)
        );
        var listed = (await host.RunAsync("approvals", "list", "--workflow", "refunds", "--json")).Exits(0);
        var call = listed.Json.GetProperty("approvals").EnumerateArray().ShouldHaveSingleItem();
        var id = call.GetProperty("approvalId").GetString()!;

        var bad = await host.RunAsync("approvals", "approve", id, "--arguments", "{\"amount\":\"all\"}");
        var approved = (
            await host.RunAsync("approvals", "approve", id, "--arguments", "{\"amount\":25}", "--by", "ann")
        ).Exits(0);

        bad.Errors.ShouldContain("arguments");
        approved.Lines[0].ShouldBe("refund of refunds/order-1 is approved. The instance goes on.");
        (await instance.ResultAsync<string>(Token)).ShouldBe("approved 25 ann");
        (await host.RunAsync("approvals", "deny", id)).Errors.ShouldContain("approved already");
        var rest = (await host.RunAsync("approvals", "list", "--agent", "clerk")).Exits(0);
        rest.Lines.Length.ShouldBe(2);
    }

    [Fact]
    public async Task Arguments_that_are_not_json_are_a_mistake_of_the_command_line()
    {
        await using var host = await StartAsync();

        var refused = (await host.RunAsync("approvals", "approve", "x", "--arguments", "{")).Exits(2);

        refused.Errors.ShouldContain("--arguments: it is not JSON.");
    }

    private static ScriptedReply Mail(string to) => ScriptedReply.ToolCall("send_mail", new() { ["to"] = to });

    private static Task<CliHost> StartAsync(params ScriptedReply[] replies) =>
        CliHost.StartAsync(
            new ScriptedChatClient(replies),
            services =>
                services
                    .AddEverturn()
                    .AddWorkflow<Refunds>()
                    .AddAgent(
                        AgentDefinition
                            .Create("clerk")
                            .WithTool(
                                (string to) => to,
                                options =>
                                {
                                    options.Name = "send_mail";
                                    options.RequireApproval();
                                }
                            )
                            .Build()
                    )
        );

    private static async Task<CliResult> ListUntilAsync(CliHost host, int lines, params string[] command)
    {
        while (true)
        {
            var result = (await host.RunAsync(command)).Exits(0);
            if (result.Lines.Length >= lines)
            {
                return result;
            }
            Token.ThrowIfCancellationRequested();
        }
    }

    private static async Task SuspendAsync(CliHost host, string sessionId)
    {
        var executor = host.Services.GetRequiredService<IAgentExecutor>();
        var run = await executor.ExecuteAsync("clerk", "go", new() { SessionId = sessionId }, Token);
        (await run.WaitAsync(Token)).Status.IsSuspended.ShouldBeTrue();
    }

    private static async Task<string> IdAsync(CliHost host)
    {
        var list = (await host.RunAsync("approvals", "list", "--json")).Exits(0);
        return list.Json.GetProperty("approvals")[0].GetProperty("approvalId").GetString()!;
    }
}
