using System.Globalization;

namespace Everturn.StatefulAgents.Scheduling;

/// <summary>
/// A cron expression of five fields: minute, hour, day of month, month, day of week (0 or 7 is Sunday; names of months
/// and days are known). In UTC, with minutes as the smallest unit. If both days are restricted, either one counts.
/// </summary>
internal sealed class CronExpression
{
    private static readonly string[] Months =
    [
        "JAN",
        "FEB",
        "MAR",
        "APR",
        "MAY",
        "JUN",
        "JUL",
        "AUG",
        "SEP",
        "OCT",
        "NOV",
        "DEC",
    ];
    private static readonly string[] Days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    private readonly ulong _minutes;
    private readonly ulong _hours;
    private readonly ulong _monthDays;
    private readonly ulong _months;
    private readonly ulong _weekDays;
    private readonly bool _eitherDay;

    private CronExpression(string[] fields)
    {
        _minutes = Field(fields[0], 0, 59, []);
        _hours = Field(fields[1], 0, 23, []);
        _monthDays = Field(fields[2], 1, 31, []);
        _months = Field(fields[3], 1, 12, Months);
        var weekDays = Field(fields[4], 0, 7, Days);
        _weekDays = weekDays | (weekDays >> 7);
        _eitherDay = !fields[2].StartsWith('*') && !fields[4].StartsWith('*');
    }

    /// <exception cref="InvalidInputException">It is not such an expression, or no date ever matches it.</exception>
    public static CronExpression Parse(string text)
    {
        var fields = (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 5)
        {
            throw Invalid(text, "has five fields: minute, hour, day of month, month, day of week");
        }

        try
        {
            var expression = new CronExpression(fields);
            // Every date there is comes within eight years, the 29th of February included.
            return expression.Next(new DateTimeOffset(2096, 3, 1, 0, 0, 0, TimeSpan.Zero)) is not null
                ? expression
                : throw Invalid(text, "matches no date");
        }
        catch (FormatException exception)
        {
            throw Invalid(text, exception.Message);
        }
    }

    /// <summary>The first match after a time; null if there is none for nine years.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        var time = new DateTimeOffset(
            after.UtcTicks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute,
            TimeSpan.Zero
        );
        time = time.AddMinutes(1);
        var last = time.AddYears(9);
        while (time < last)
        {
            if (!Has(_months, time.Month))
            {
                time = new DateTimeOffset(time.Year, time.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1);
            }
            else if (!IsDay(time))
            {
                time = new DateTimeOffset(time.Year, time.Month, time.Day, 0, 0, 0, TimeSpan.Zero).AddDays(1);
            }
            else if (!Has(_hours, time.Hour))
            {
                time = time.AddMinutes(60 - time.Minute);
            }
            else if (!Has(_minutes, time.Minute))
            {
                time = time.AddMinutes(1);
            }
            else
            {
                return time;
            }
        }

        return null;
    }

    private bool IsDay(DateTimeOffset time)
    {
        var monthDay = Has(_monthDays, time.Day);
        var weekDay = Has(_weekDays, (int)time.DayOfWeek);
        return _eitherDay ? monthDay || weekDay : monthDay && weekDay;
    }

    private static bool Has(ulong set, int value) => (set & (1UL << value)) != 0;

    private static ulong Field(string text, int least, int most, string[] names)
    {
        var set = 0UL;
        foreach (var part in text.Split(','))
        {
            var stepped = part.Split('/', 2);
            var step = stepped.Length == 2 ? Number(stepped[1], 1, most, []) : 1;
            var range = stepped[0].Split('-', 2);
            var first = range[0] == "*" ? least : Number(range[0], least, most, names);
            var last =
                range.Length == 2 ? Number(range[1], least, most, names)
                : range[0] == "*" || stepped.Length == 2 ? most
                : first;
            if (last < first || (range.Length == 2 && range[0] == "*"))
            {
                throw new FormatException($"'{part}' is no range");
            }

            for (var value = first; value <= last; value += step)
            {
                set |= 1UL << value;
            }
        }

        return set;
    }

    private static int Number(string text, int least, int most, string[] names)
    {
        var named = Array.FindIndex(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (named >= 0)
        {
            return named + (names.Length == 12 ? 1 : 0);
        }

        return int.TryParse(text, NumberStyles.None, null, out var value) && value >= least && value <= most
            ? value
            : throw new FormatException($"'{text}' is not {least} to {most}");
    }

    private static InvalidInputException Invalid(string? text, string why) =>
        new("cron", $"'{text}' is not valid: {why}");
}
