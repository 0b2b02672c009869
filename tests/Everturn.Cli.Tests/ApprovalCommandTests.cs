using Everturn.Agents;
using Everturn.Testing.Models;
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
