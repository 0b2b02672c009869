using System.CommandLine;
using System.Text.Json;
using Everturn.Cli.CommandLine;

namespace Everturn.Cli.Approvals;

/// <summary><c>everturn approvals approve</c>.</summary>
internal static class ApproveCall
{
    private static readonly Option<string?> Arguments = new("--arguments")
    {
        Description = "JSON to call the tool with instead of the arguments that were asked for.",
    };

    private static readonly Option<DateTimeOffset?> GrantUntil = new("--grant-until")
    {
        Description = "Allow the tool in this session until then, for example 2026-01-31T09:30:00Z.",
    };

    public static Command Create() =>
        new Command("approve", "Allow a call.")
        {
            ApprovalsGroup.ApprovalId,
            Arguments,
            GrantUntil,
            Decision.Reason,
            Decision.By,
            Decision.Resume,
        }.Does(RunAsync);

    private static Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken) =>
        Decision.SendAsync(
            context,
            new()
            {
                Kind = "approve",
                Arguments = context.Value(Arguments) is { } json ? Parse(json) : null,
                GrantUntil = context.Value(GrantUntil),
            },
            cancellationToken
        );

    private static JsonElement Parse(string json)
    {
        try
        {
            return JsonElement.Parse(json);
        }
        catch (JsonException exception)
        {
            throw new CommandException($"--arguments: it is not JSON. {exception.Message}", ExitCode.Usage);
        }
    }
}
