using Everturn.Sessions;
using Everturn.Sqlite.Engine;
using Everturn.Usage;

namespace Everturn.Sqlite.Sessions;

/// <summary>Reads and writes rows of <c>usage_entries</c>.</summary>
internal static class UsageColumns
{
    public static void Insert(SqliteConnection connection, SessionKey key, UsageEntry entry)
    {
        using var statement = connection.Use(SessionSql.InsertUsage).Of(key);
        statement
            .Bind(3, entry.Timestamp)
            .Bind(4, entry.Id)
            .Bind(5, entry.RunId)
            .Bind(6, entry.StepCount)
            .Bind(7, entry.Source)
            .Bind(8, entry.Kind)
            .Bind(9, entry.Name)
            .Bind(10, entry.Provider)
            .Bind(11, entry.Tokens?.Prompt)
            .Bind(12, entry.Tokens?.Completion)
            .Bind(13, entry.Tokens?.Reasoning)
            .Bind(14, entry.Tokens?.Cached)
            .Bind(15, entry.Tokens?.Total)
            .Bind(16, entry.Duration?.Ticks)
            .Bind(17, entry.Success is { } success ? (success ? 1L : 0L) : (long?)null)
            .Bind(18, entry.Amount)
            .Run();
    }

    /// <summary>Its place among the session's entries, from 1.</summary>
    public static long Number(Statement row) => row.Long(16);

    public static UsageEntry Read(Statement row) =>
        new()
        {
            Timestamp = row.Time(0),
            Id = row.Text(1),
            RunId = row.Text(2),
            StepCount = row.Int(3),
            Source = row.Text(4),
            Kind = row.Text(5),
            Name = row.TextOrNull(6),
            Provider = row.TextOrNull(7),
            Tokens = row.IsNull(8)
                ? null
                : new TokenUsage
                {
                    Prompt = row.Long(8),
                    Completion = row.Long(9),
                    Reasoning = row.Long(10),
                    Cached = row.Long(11),
                    Total = row.Long(12),
                },
            Duration = row.LongOrNull(13) is { } ticks ? TimeSpan.FromTicks(ticks) : null,
            Success = row.LongOrNull(14) is { } success ? success != 0 : null,
            Amount = row.IsNull(15) ? null : row.Double(15),
        };

    /// <summary>The totals of a session, or of one of its runs.</summary>
    public static UsageRollup ReadRollup(SqliteConnection connection, SessionKey key, string? runId)
    {
        var totals = new UsageTotals();
        using (var rows = connection.Use(SessionSql.SumUsage).Of(key))
        {
            rows.Bind(3, runId);
            while (rows.Read())
            {
                var tokens = new TokenUsage
                {
                    Prompt = rows.Long(4),
                    Completion = rows.Long(5),
                    Reasoning = rows.Long(6),
                    Cached = rows.Long(7),
                    Total = rows.Long(8),
                };
                totals.Add(rows.Text(0), rows.TextOrNull(1), rows.Long(2), rows.Long(3), tokens, rows.Double(9));
            }
        }
        using var session = connection.Use(SessionSql.SelectAgent).Of(key);
        return totals.ToRollup(session.Read() ? session.Text(0) : null);
    }
}
