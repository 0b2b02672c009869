namespace Everturn.StatefulAgents;

/// <summary>A row of a result.</summary>
public readonly struct SqlRow
{
    private readonly SqlRows _rows;
    private readonly SqlValue[] _values;

    internal SqlRow(SqlRows rows, SqlValue[] values)
    {
        _rows = rows;
        _values = values;
    }

    /// <summary>The values, in the order of <see cref="SqlRows.Columns"/>; also where columns have the same name.</summary>
    public IReadOnlyList<SqlValue> Values => _values;

    /// <summary>A column by its place.</summary>
    /// <param name="column">From 0.</param>
    public SqlValue this[int column] => _values[column];

    /// <summary>A column by its name; the last one of that name, as in a JavaScript object.</summary>
    /// <param name="column">The name.</param>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public SqlValue this[string column] => _values[_rows.IndexOf(column)];
}
