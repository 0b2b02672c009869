using System.ComponentModel;
using Everturn;
using Everturn.Agents;
using Everturn.Approvals;
using Everturn.Sessions;
using Microsoft.Extensions.AI;

namespace Snippets;

public static class Approvals
{
    public static readonly AgentDefinition<string> Clerk = AgentDefinition
        .Create("clerk")
        .WithTool(
            SendMail,
            o =>
            {
                o.RequireApproval();
                o.AnswerWithin = TimeSpan.FromDays(2);
                o.OnExpiry = ExpiryOutcome.Deny;
            }
        )
        .WithTool(Refund, o => o.RequireApproval(call => call.Arguments.GetProperty("amount").GetDecimal() > 100))
        .WithTool(
            AIFunctionFactory.CreateDeclaration(
                "time_zone",
                "The user's time zone.",
                System.Text.Json.JsonElement.Parse("""{"type":"object"}""")
            )
        )
        .Build();

    public static void Add(EverturnBuilder everturn) => everturn.AddAgent(Clerk, o => o.ResumeWhenAnswered());

    public static async Task AnswerAsync(IApprovals approvals, IAgentExecutor executor, SessionKey session)
    {
        var waiting = await approvals.ListAsync(new() { AgentType = "clerk" });
        foreach (var call in waiting.Items)
        {
            await approvals.AnswerAsync(
                call.ApprovalId,
                ToolAnswer.Approve(reason: "known customer"),
                new() { DecidedBy = "ann" }
            );
        }

        await executor.ResumeAsync(session);
    }

    [Description("Sends a mail.")]
    private static string SendMail(string to, string text) => $"sent {text.Length} characters to {to}";

    [Description("Pays money back.")]
    private static string Refund(decimal amount) => $"paid {amount}";
}
