using System.Globalization;
using Quartz;

namespace Everturn.Workflows;

/// <summary>
/// A cron expression of five fields. Quartz reads six, counts days of the week from 1 and lets only one of the two kinds
/// of days be given: where both are, two of its expressions stand for ours.
/// </summary>
internal sealed class CronSchedule
{
    private const int MaxLength = 256;
    private const string Any = "?";

    private static readonly string[] DayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    private readonly CronExpression[] _expressions;

    private CronSchedule(CronExpression[] expressions) => _expressions = expressions;

    /// <summary>Reads an expression.</summary>
    /// <exception cref="InvalidInputException">It is not one.</exception>
    public static CronSchedule Parse(string cron, TimeZoneInfo zone, string field = "cron")
    {
        var parts = cron?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (parts.Length != 5 || cron!.Length > MaxLength)
        {
            throw new InvalidInputException(field, "must have five fields and at most 256 characters.");
        }

        try
        {
            var (minute, hour, day, month) = (parts[0], parts[1], parts[2], parts[3]);
            var weekday = Weekday(parts[4].ToUpperInvariant());
            string[] days =
                weekday == Any ? [$"{(day == "*" ? "*" : day)} {month} {Any}"]
                : day is "*" or Any ? [$"{Any} {month} {weekday}"]
                : [$"{day} {month} {Any}", $"{Any} {month} {weekday}"];
            return new CronSchedule([.. days.Select(one => new CronExpression($"0 {minute} {hour} {one}", zone))]);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or ArgumentException)
        {
            throw new InvalidInputException(field, $"\"{cron}\" is not a cron expression: {exception.Message}");
        }
    }

    /// <summary>The first time after another; null if there is none.</summary>
    public DateTimeOffset? Next(DateTimeOffset after) =>
        _expressions.Select(expression => expression.GetNextValidTimeAfter(after)).Min()?.ToUniversalTime();

    /// <summary>Days of the week, 0 or 7 for Sunday, as Quartz names them.</summary>
    private static string Weekday(string field)
    {
        if (field is "*" or Any)
        {
            return Any;
        }

        if (field.EndsWith('L') || field.Contains('#', StringComparison.Ordinal))
        {
            var length = field.AsSpan().IndexOfAny('L', '#');
            return DayNames[Day(field[..length])] + field[length..];
        }

        var days = field.Split(',').SelectMany(Range).Distinct().Order().Select(day => DayNames[day]);
        return string.Join(',', days);
    }

    private static IEnumerable<int> Range(string item)
    {
        var slash = item.IndexOf('/', StringComparison.Ordinal);
        var step = slash < 0 ? 1 : int.Parse(item[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture);
        var range = slash < 0 ? item : item[..slash];
        if (step < 1)
        {
            throw new FormatException("a step must be 1 or more");
        }

        var (first, last) = (0, 6);
        if (range != "*")
        {
            var ends = range.Split('-');
            first = Number(ends[0]);
            last =
                ends.Length > 1 ? Number(ends[1])
                : slash < 0 ? first
                : 6;
            if (ends.Length > 2)
            {
                throw new FormatException("a range has two ends");
            }

            // FRI-MON goes round the end of the week.
            last += last < first ? 7 : 0;
        }

        for (var day = first; day <= last; day += step)
        {
            yield return day % 7;
        }
    }

    private static int Day(string text) => Number(text) % 7;

    private static int Number(string text)
    {
        var named = Array.IndexOf(DayNames, text);
        if (named >= 0)
        {
            return named;
        }

        var number = int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
        return number <= 7 ? number : throw new FormatException("days of the week are 0 to 7");
    }
}
