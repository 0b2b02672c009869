using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.Sessions;

/// <summary>Times as columns keep them: UTC milliseconds.</summary>
internal static class Instant
{
    public static Statement Bind(this Statement statement, int index, DateTimeOffset time) =>
        statement.Bind(index, time.ToUnixTimeMilliseconds());

    public static Statement Bind(this Statement statement, int index, DateTimeOffset? time) =>
        statement.Bind(index, time?.ToUnixTimeMilliseconds());

    public static DateTimeOffset Time(this Statement statement, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(statement.Long(column));

    public static DateTimeOffset? TimeOrNull(this Statement statement, int column) =>
        statement.LongOrNull(column) is { } milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
}
