using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.Tests.Sessions;

/// <summary>All rows of tables as SQL literals, one value a line.</summary>
internal static class TableDump
{
    public static List<string> Read(SqliteConnection connection, IEnumerable<string> tables)
    {
        List<string> lines = [];
        foreach (var table in tables)
        {
            List<string> columns = [];
            using (var info = connection.Prepare($"SELECT name FROM pragma_table_info('{table}')"))
            {
                while (info.Read())
                    columns.Add(info.Text(0));
            }
            var values = string.Join(", ", columns.Select(column => $"quote(\"{column}\")"));
            var order = string.Join(", ", Enumerable.Range(1, Math.Min(4, columns.Count)));
            using var rows = connection.Prepare($"SELECT {values} FROM {table} ORDER BY {order}");
            while (rows.Read())
            {
                lines.Add($"== {table}");
                for (var i = 0; i < columns.Count; i++)
                    lines.Add($"{columns[i]} {rows.Text(i).ReplaceLineEndings("\\n")}");
            }
        }
        return lines;
    }
}
