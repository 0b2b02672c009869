using System.Globalization;
using System.Text.Json;
using Everturn.Cli.Client;
using Everturn.Cli.Output;

namespace Everturn.Cli.Workflows;

/// <summary>What happened to an instance on one line: number, time, type, step, and what there is to say about it.</summary>
internal static class EventLine
{
    private const int LongestValue = 80;

    public static string Of(StreamItem item)
    {
        if (item.End is { } end)
        {
            var error = end.TryGetProperty("error", out var why)
                ? $", {why.GetProperty("name").GetString()}: {why.GetProperty("message").GetString()}"
                : "";
            return $"{"end", 6}  {end.GetProperty("status").GetString()}{error}";
        }
        var logged = item.Event!.Value.Deserialize(ClientJson.Default.InstanceEventBody)!;
        var time = logged.Timestamp.UtcDateTime.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
        return $"{logged.EventId, 6}  {time}  {logged.Type, -24} {string.Join("  ", Details(logged))}".TrimEnd();
    }

    private static IEnumerable<string> Details(InstanceEventBody logged)
    {
        if (logged.StepName is { } step)
        {
            yield return logged.StepCount > 1 ? $"{step} #{logged.StepCount}" : step;
        }
        if (logged.Attempt is { } attempt)
        {
            yield return $"attempt {attempt}";
        }
        if (logged.EventType is { } type)
        {
            yield return $"event {type}";
        }
        if (logged.DurationMs is { } duration)
        {
            yield return $"for {Show.Duration(TimeSpan.FromMilliseconds(duration))}";
        }
        if (logged.Error is { } error)
        {
            yield return Show.Line($"{error}", LongestValue);
        }
        if (logged.RetryDelayMs is { } delay)
        {
            yield return $"again after {Show.Duration(TimeSpan.FromMilliseconds(delay))}";
        }
        if (logged.TotalSteps is { } total)
        {
            yield return logged.CompletedSteps is { } done ? $"{done} of {total} steps" : $"{total} steps";
        }
        if ((logged.Output ?? logged.Params) is { } value)
        {
            yield return Show.Line(value.GetRawText(), LongestValue);
        }
    }
}
