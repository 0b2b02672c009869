using Everturn.Sqlite.Engine;
using Everturn.StatefulAgents;
using SQLitePCL;

namespace Everturn.Sqlite.StatefulAgents;

/// <summary>Runs statements on an object's connection and reads their whole result.</summary>
/// <param name="connection">The connection.</param>
/// <param name="begin">Called before a statement that may change the file.</param>
internal sealed class ObjectStatements(SqliteConnection connection, Action begin) : IDisposable
{
    private const int KeptForUsers = 32;

    private readonly UserStatements _users = new(connection);
    private readonly Dictionary<string, Statement> _cache = new(StringComparer.Ordinal);

    /// <summary>A statement of ours; constant, so kept as long as the connection.</summary>
    public SqlRows Run(string sql, ReadOnlySpan<SqlValue> parameters)
    {
        using var statement = connection.Use(sql);
        return Run(statement, parameters);
    }

    /// <summary>A statement of ours that was put together at run time.</summary>
    public void RunOnce(string sql)
    {
        using var statement = connection.Prepare(sql);
        Run(statement, []);
    }

    /// <summary>Statements of a user.</summary>
    public SqlRows RunUser(string sql, ReadOnlySpan<SqlValue> parameters)
    {
        if (_cache.TryGetValue(sql, out var kept) && kept.TryEnter())
        {
            try
            {
                return Run(kept, parameters);
            }
            finally
            {
                kept.Reset();
            }
        }
        var statement = _users.PrepareFirst(sql, out var rest);
        if (statement is null)
            return SqlRows.None;
        if (!string.IsNullOrWhiteSpace(rest))
            return RunSeveral(statement, rest, parameters);
        try
        {
            return Run(statement, parameters);
        }
        finally
        {
            Keep(sql, statement);
        }
    }

    public void Dispose()
    {
        foreach (var statement in _cache.Values)
            statement.Finish();
        _cache.Clear();
    }

    private SqlRows RunSeveral(Statement first, string rest, ReadOnlySpan<SqlValue> parameters)
    {
        var result = SqlRows.None;
        begin();
        connection.Execute("SAVEPOINT several");
        try
        {
            for (var statement = first; statement is not null; statement = _users.PrepareFirst(rest, out rest))
            {
                using (statement)
                {
                    result = Run(statement, parameters);
                }
            }
            connection.Execute("RELEASE several");
            return result;
        }
        catch when (!connection.IsAutocommit)
        {
            connection.Execute("ROLLBACK TO several");
            connection.Execute("RELEASE several");
            throw;
        }
    }

    private SqlRows Run(Statement statement, ReadOnlySpan<SqlValue> parameters)
    {
        var writes = !statement.IsReadOnly;
        if (writes)
            begin();
        if (statement.ParameterCount > parameters.Length)
            throw new SqliteException(raw.SQLITE_RANGE, $"{statement.ParameterCount} parameters are needed");
        for (var i = 0; i < statement.ParameterCount; i++)
            Bind(statement, i + 1, parameters[i]);
        List<SqlValue[]>? rows = null;
        while (statement.Read())
            (rows ??= []).Add(ReadRow(statement));
        return rows is null && statement.ColumnCount == 0
            ? writes && connection.Changes > 0
                ? new SqlRows([], [], connection.Changes)
                : SqlRows.None
            : new SqlRows(Columns(statement), rows ?? [], writes ? connection.Changes : 0);
    }

    private void Keep(string sql, Statement statement)
    {
        if (_cache.ContainsKey(sql))
        {
            statement.Dispose();
            return;
        }
        if (_cache.Count == KeptForUsers)
        {
            foreach (var old in _cache.Values)
                old.Finish();
            _cache.Clear();
        }
        statement.Reset();
        _cache.Add(sql, statement);
    }

    private static string[] Columns(Statement statement)
    {
        var names = new string[statement.ColumnCount];
        for (var i = 0; i < names.Length; i++)
            names[i] = statement.ColumnName(i);
        return names;
    }

    private static SqlValue[] ReadRow(Statement statement)
    {
        var values = new SqlValue[statement.ColumnCount];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = statement.ColumnType(i) switch
            {
                raw.SQLITE_INTEGER => new SqlValue(statement.Long(i)),
                raw.SQLITE_FLOAT => new SqlValue(statement.Double(i)),
                raw.SQLITE_TEXT => new SqlValue(statement.Text(i)),
                raw.SQLITE_BLOB => new SqlValue(statement.Bytes(i)),
                _ => SqlValue.Null,
            };
        }
        return values;
    }

    private static void Bind(Statement statement, int index, SqlValue value)
    {
        switch (value.Kind)
        {
            case SqlValueKind.Integer:
                statement.Bind(index, value.AsLong());
                break;
            case SqlValueKind.Real:
                statement.Bind(index, value.AsDouble());
                break;
            case SqlValueKind.Text:
                statement.Bind(index, value.AsText());
                break;
            case SqlValueKind.Blob:
                statement.Bind(index, value.AsBlob());
                break;
            default:
                statement.BindNull(index);
                break;
        }
    }
}
