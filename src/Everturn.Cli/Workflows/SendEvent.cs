using System.CommandLine;
using Everturn.Cli.Client;
using Everturn.Cli.CommandLine;
using Everturn.Cli.Output;

namespace Everturn.Cli.Workflows;

/// <summary><c>everturn workflows send-event</c>.</summary>
internal static class SendEvent
{
    private static readonly Argument<string> Type = new("type") { Description = "The event's type." };

    private static readonly Option<string?> Payload = new("--payload", "-p")
    {
        Description = "What the waiting step gets: " + JsonText.Help,
    };

    public static Command Create() =>
        new Command("send-event", "Send an event. It is kept until the instance waits for one of its type.")
        {
            WorkflowsGroup.Workflow,
            WorkflowsGroup.Instance,
            Type,
            Payload,
        }.Does(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var payload = await JsonText
            .ReadAsync("--payload", context.Value(Payload), cancellationToken)
            .ConfigureAwait(false);
        var id = await WorkflowsGroup.InstanceIdAsync(context, cancellationToken).ConfigureAwait(false);
        var type = context.Value(Type)!;
        var path =
            $"{EverturnClient.InstancePath(context.Value(WorkflowsGroup.Workflow)!, id)}/events/{Uri.EscapeDataString(type)}";
        await context.Client.PostAsync(path, payload?.GetRawText(), cancellationToken).ConfigureAwait(false);
        if (!context.Terminal.Json)
        {
            await Terminal.WriteLineAsync($"{id} is sent {type}.").ConfigureAwait(false);
        }
        return ExitCode.Success;
    }
}
