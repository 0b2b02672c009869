using System.CommandLine;
using System.Text.Json;
using Everturn.Cli.Client;
using Everturn.Cli.CommandLine;
using Everturn.Cli.Output;

namespace Everturn.Cli.Approvals;

/// <summary>What an approval and a refusal have in common.</summary>
internal static class Decision
{
    public static readonly Option<string?> Reason = new("--reason") { Description = "Why, in your words." };

    public static readonly Option<string?> By = new("--by")
    {
        Description = "Who decides; counts only on a server that nobody signs in to.",
    };

    public static readonly Option<bool> Resume = new("--resume")
    {
        Description = "Resume the run if this was the last answer it waited for.",
    };

    public static async Task<int> SendAsync(
        CommandContext context,
        AnswerBody answer,
        CancellationToken cancellationToken
    )
    {
        var approvalId = context.Value(ApprovalsGroup.ApprovalId)!;
        var json = await context
            .Client.PostAsync(
                "approvals/" + Uri.EscapeDataString(approvalId),
                answer with
                {
                    Reason = context.Value(Reason),
                    DecidedBy = context.Value(By),
                    Resume = context.Value(Resume),
                },
                ClientJson.Default.AnswerBody,
                cancellationToken
            )
            .ConfigureAwait(false);
        if (context.Terminal.Json)
        {
            await Terminal.WriteJsonAsync(json).ConfigureAwait(false);
            return ExitCode.Success;
        }
        var answered = json.Deserialize(ClientJson.Default.AnsweredBody)!;
        var call = answered.Approval;
        var rest =
            answered.Remaining.Count > 0 ? $" {answered.Remaining.Count} more of its calls wait."
            : answered.Resumes ? $" The {(call.InstanceId is null ? "run" : "instance")} goes on."
            : "";
        await Terminal.WriteLineAsync($"{call.ToolName} of {call.Asker} is {call.Status}.{rest}").ConfigureAwait(false);
        return ExitCode.Success;
    }
}
