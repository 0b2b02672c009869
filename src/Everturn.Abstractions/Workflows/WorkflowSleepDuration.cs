using System.Globalization;

namespace Everturn.Workflows;

/// <summary>
/// A length of time as Cloudflare Workflows writes it: milliseconds, or a number and a unit such as
/// <c>"5 minutes"</c>. Units: second, minute, hour, day, week, month (30 days), year (365 days), also in the plural.
/// </summary>
/// <param name="Value">The length.</param>
public readonly record struct WorkflowSleepDuration(TimeSpan Value)
{
    /// <summary>A length of time as it is.</summary>
    /// <param name="value">The length.</param>
    public static implicit operator WorkflowSleepDuration(TimeSpan value) => new(value);

    /// <summary>Reads <c>"5 minutes"</c> or a number of milliseconds.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="InvalidInputException">The text is neither.</exception>
    public static implicit operator WorkflowSleepDuration(string text) => Parse(text);

    /// <summary>A number of milliseconds.</summary>
    /// <param name="milliseconds">The number.</param>
    public static implicit operator WorkflowSleepDuration(long milliseconds) =>
        new(TimeSpan.FromMilliseconds(milliseconds));

    /// <summary>The conversion from <see cref="TimeSpan"/>, for languages without implicit ones.</summary>
    /// <param name="value">The length.</param>
    public static WorkflowSleepDuration FromTimeSpan(TimeSpan value) => new(value);

    /// <summary>The conversion from a number of milliseconds, for languages without implicit ones.</summary>
    /// <param name="milliseconds">The number.</param>
    public static WorkflowSleepDuration FromInt64(long milliseconds) => milliseconds;

    /// <summary>Reads <c>"5 minutes"</c> or a number of milliseconds.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="InvalidInputException">The text is neither.</exception>
    public static WorkflowSleepDuration Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (
            parts.Length is 1 or 2
            && double.TryParse(parts[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && (parts.Length == 1 ? 1 : MillisecondsPer(parts[1])) is { } unit
            && number * unit <= TimeSpan.MaxValue.TotalMilliseconds / 2
        )
        {
            return new(TimeSpan.FromMilliseconds(number * unit));
        }

        throw new InvalidInputException("duration", $"\"{text}\" is not a number of ms or a text like \"30 seconds\".");
    }

    private static double? MillisecondsPer(string unit) =>
        unit switch
        {
            "second" or "seconds" => 1_000,
            "minute" or "minutes" => 60_000,
            "hour" or "hours" => 3_600_000,
            "day" or "days" => 86_400_000,
            "week" or "weeks" => 7 * 86_400_000d,
            "month" or "months" => 30 * 86_400_000d,
            "year" or "years" => 365 * 86_400_000d,
            _ => null,
        };
}
