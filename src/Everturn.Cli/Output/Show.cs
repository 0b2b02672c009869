using System.Globalization;

namespace Everturn.Cli.Output;

/// <summary>Values as people read them.</summary>
internal static class Show
{
    /// <summary>A time in UTC, to the second.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>How long something took; a dash while it lasts.</summary>
    public static string Duration(DateTimeOffset from, DateTimeOffset? until)
    {
        if (until is not { } end)
        {
            return "-";
        }
        return Duration(end - from);
    }

    /// <summary>A length of time.</summary>
    public static string Duration(TimeSpan time) =>
        time.TotalSeconds < 1 ? $"{time.TotalMilliseconds:0} ms"
        : time.TotalMinutes < 1 ? $"{time.TotalSeconds:0.0} s"
        : time.TotalHours < 1 ? $"{(int)time.TotalMinutes} min {time.Seconds} s"
        : time.TotalDays < 2 ? $"{(int)time.TotalHours} h {time.Minutes} min"
        : $"{(int)time.TotalDays} d {time.Hours} h";

    /// <summary>A text on one line, shortened; a dash for none.</summary>
    public static string Line(string? text, int length = 50)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "-";
        }
        var line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= length ? line : line[..(length - 1)] + "…";
    }
}
