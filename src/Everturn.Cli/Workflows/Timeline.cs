using Everturn.Cli.Client;
using Everturn.Cli.Output;

namespace Everturn.Cli.Workflows;

/// <summary>
/// The steps of an instance below each other, each with a bar on one scale: from the instance's creation to its end, or
/// to now.
/// </summary>
internal static class Timeline
{
    /// <summary>What the marks mean.</summary>
    public const string Legend = "█ at work   ░ waiting   × failed   > not over yet";

    private const int Widest = 40;
    private const int Narrowest = 12;
    private const char Work = '█';
    private const char Wait = '░';
    private const char Failed = '×';
    private const char Open = '>';

    /// <summary>Draws it.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="width">How many characters a line has; null for any number.</param>
    public static TextTable Of(InstanceBody instance, int? width)
    {
        var rows = instance
            .Steps.Select(step => new[] { NameOf(step), TypeOf(step), StatusOf(step), Took(step) })
            .ToList();
        string[] headings = ["step", "type", "status", "took"];
        var others = headings.Select(
            (heading, i) => rows.Select(row => row[i].Length).Append(heading.Length).Max() + 3
        );
        // A frame has a line on either side, and a blank beside each.
        var length = Math.Clamp((width ?? int.MaxValue) - others.Sum() - 4, Narrowest, Widest);
        var table = new TextTable([.. headings, "timeline"]);
        for (var i = 0; i < rows.Count; i++)
        {
            table.Add([.. rows[i], Bar(instance, instance.Steps[i], length)]);
        }
        return table;
    }

    /// <summary>A step's name, with its number where it is not the first of that name.</summary>
    public static string NameOf(StepBody step) => step.Count > 1 ? $"{step.Name} #{step.Count}" : step.Name ?? "-";

    /// <summary>A step's type in words.</summary>
    public static string TypeOf(StepBody step) =>
        step.Type switch
        {
            "waitForEvent" => $"event {step.EventType}",
            "childEnd" => "child's end",
            "clientTool" => "client's tool",
            _ => step.Type,
        };

    private static string StatusOf(StepBody step) =>
        step.Attempts.Count > 1 ? $"{step.Status}, {step.Attempts.Count} attempts" : step.Status;

    private static string Took(StepBody step) => Show.Duration(step.Start, step.End);

    private static string Bar(InstanceBody instance, StepBody step, int length)
    {
        var from = instance.Queued;
        var until = instance.End ?? instance.AsOf;
        var bar = new string('·', length).ToCharArray();
        var works = step.Type is "step" or "rollback" or "child" or "termination" or "patch";
        // Between its attempts a step waits.
        Fill(step.Start, step.End, works && step.Attempts.Count == 0 ? Work : Wait);
        foreach (var attempt in works ? step.Attempts : [])
        {
            if (attempt.Start is { } start)
            {
                Fill(start, attempt.End, Work);
            }
        }
        if (step.End is null)
        {
            bar[Place(until)] = Open;
        }
        else if (step.Status == "errored")
        {
            bar[Math.Max(Place(step.Start), Last(step.End.Value))] = Failed;
        }
        return new string(bar);

        void Fill(DateTimeOffset start, DateTimeOffset? end, char mark)
        {
            var first = Place(start);
            bar.AsSpan(first, Math.Max(first, Last(end ?? until)) - first + 1).Fill(mark);
        }

        // The character that a moment falls into, and the last one before it.
        int Place(DateTimeOffset time) => Math.Clamp((int)Math.Floor(Share(time) * length), 0, length - 1);
        int Last(DateTimeOffset time) => Math.Clamp((int)Math.Ceiling(Share(time) * length) - 1, 0, length - 1);
        double Share(DateTimeOffset time) => until > from ? (time - from) / (until - from) : 0;
    }
}
