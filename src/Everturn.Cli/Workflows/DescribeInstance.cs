using System.CommandLine;
using System.Text.Json;
using Everturn.Cli.Client;
using Everturn.Cli.CommandLine;
using Everturn.Cli.Output;

namespace Everturn.Cli.Workflows;

/// <summary><c>everturn workflows describe</c>.</summary>
internal static class DescribeInstance
{
    private const int LongestValue = 100;
    private const int LongestError = 200;

    private static readonly Option<bool> Outputs = new("--outputs")
    {
        Description = "Show what the steps returned, too.",
    };

    public static Command Create() =>
        new Command("describe", "Show an instance, with its steps as a timeline.")
        {
            WorkflowsGroup.Workflow,
            WorkflowsGroup.Instance,
            Outputs,
        }.Does(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var path = await WorkflowsGroup.InstancePathAsync(context, cancellationToken).ConfigureAwait(false);
        var json = await context.Client.GetAsync(path, cancellationToken).ConfigureAwait(false);
        if (context.Terminal.Json)
        {
            await Terminal.WriteJsonAsync(json).ConfigureAwait(false);
            return ExitCode.Success;
        }
        var instance = json.Deserialize(ClientJson.Default.InstanceBody)!;
        await context.Terminal.WriteAsync(Fields(instance)).ConfigureAwait(false);
        if (instance.Steps.Count == 0)
        {
            return ExitCode.Success;
        }
        await Terminal.WriteLineAsync().ConfigureAwait(false);
        await context.Terminal.WriteAsync(Timeline.Of(instance, Terminal.Width)).ConfigureAwait(false);
        await context.Terminal.NoteAsync(Timeline.Legend).ConfigureAwait(false);
        if (Failures(instance) is { Rows.Count: > 0 } failures)
        {
            await Terminal.WriteLineAsync().ConfigureAwait(false);
            await context.Terminal.WriteAsync(failures).ConfigureAwait(false);
        }
        if (context.Value(Outputs))
        {
            await Terminal.WriteLineAsync().ConfigureAwait(false);
            await context.Terminal.WriteAsync(Returned(instance)).ConfigureAwait(false);
        }
        return ExitCode.Success;
    }

    private static TextTable Fields(InstanceBody instance)
    {
        var table = new TextTable("field", "value");
        table.Add("instance", $"{instance.Workflow}/{instance.Id}");
        table.Add("status", Status(instance));
        table.Add("version", $"{instance.VersionId}");
        table.Add("created", $"{Show.Time(instance.Queued)} by {instance.Trigger}");
        Add("started", instance.Start);
        Add("ended", instance.End);
        table.Add(
            instance.End is null ? "so far" : "took",
            Show.Duration((instance.End ?? instance.AsOf) - instance.Queued)
        );
        Add("next wake", instance.WakeAt);
        Add("removed", instance.ExpiresAt);
        table.Add("params", Value(instance.Params));
        table.Add("output", Value(instance.Output));
        if (instance.Error is { } error)
        {
            table.Add("error", Error(error));
        }
        if (instance.Rollback is { } rollback)
        {
            table.Add("rollback", rollback.Error is { } why ? $"{rollback.Outcome}: {why}" : rollback.Outcome);
        }
        if (instance.PendingEvents.Count > 0)
        {
            table.Add("unread events", string.Join(", ", instance.PendingEvents.Select(pending => pending.Type)));
        }
        return table;

        void Add(string name, DateTimeOffset? time)
        {
            if (time is { } at)
            {
                table.Add(name, Show.Time(at));
            }
        }
    }

    private static string Status(InstanceBody instance)
    {
        var waiting = instance.Steps.Where(step => step.Status == "waiting").Select(Waiting).ToList();
        return instance.Status == "waiting" && waiting.Count > 0
            ? $"waiting: {string.Join(", ", waiting)}"
            : instance.Status;
    }

    private static string Waiting(StepBody step) =>
        $"{Timeline.NameOf(step)} ({(step.Type is "step" or "rollback" ? "next attempt" : Timeline.TypeOf(step))})";

    private static TextTable Failures(InstanceBody instance)
    {
        var table = new TextTable("failed", "attempt", "again after", "error");
        foreach (var step in instance.Steps)
        {
            foreach (var attempt in step.Attempts.Where(attempt => attempt.Error is not null))
            {
                var again = attempt.RetryDelayMs is { } delay ? Show.Duration(TimeSpan.FromMilliseconds(delay)) : "-";
                table.Add(Timeline.NameOf(step), $"{attempt.Attempt}", again, Error(attempt.Error));
            }
            if (step is { Status: "errored", Error: { } error } && step.Attempts.All(attempt => attempt.Error is null))
            {
                table.Add(Timeline.NameOf(step), "-", "-", Error(error));
            }
        }
        return table;
    }

    private static TextTable Returned(InstanceBody instance)
    {
        var table = new TextTable("returned by", "output");
        foreach (var step in instance.Steps.Where(step => step.Output is not null))
        {
            table.Add(Timeline.NameOf(step), Value(step.Output));
        }
        return table;
    }

    private static string Error(ErrorBody? error) => Show.Line(error?.ToString(), LongestError);

    private static string Value(JsonElement? json) => Show.Line(json?.GetRawText(), LongestValue);
}
