using System.Collections;

namespace Everturn.StatefulAgents;

/// <summary>The whole result of a statement, read already.</summary>
public sealed class SqlRows : IReadOnlyList<SqlRow>
{
    private readonly string[] _columns;
    private readonly IReadOnlyList<SqlValue[]> _rows;

    /// <summary>A result.</summary>
    /// <param name="columns">The columns' names.</param>
    /// <param name="rows">The values of each row.</param>
    /// <param name="rowsWritten">Rows inserted, updated or deleted.</param>
    public SqlRows(string[] columns, IReadOnlyList<SqlValue[]> rows, int rowsWritten)
    {
        _columns = columns;
        _rows = rows;
        RowsWritten = rowsWritten;
    }

    /// <summary>A result without columns and rows.</summary>
    public static SqlRows None { get; } = new([], [], 0);

    /// <summary>The columns' names.</summary>
    public IReadOnlyList<string> Columns => _columns;

    /// <summary>Rows inserted, updated or deleted.</summary>
    public int RowsWritten { get; }

    /// <inheritdoc />
    public int Count => _rows.Count;

    /// <inheritdoc />
    public SqlRow this[int index] => new(this, _rows[index]);

    /// <summary>The only row.</summary>
    /// <exception cref="InvalidOperationException">There is none, or more than one.</exception>
    public SqlRow One() =>
        Count == 1
            ? this[0]
            : throw new InvalidOperationException(
                $"Expected exactly one result from SQL query, but got {(Count == 0 ? "no results" : $"{Count} results")}."
            );

    /// <summary>The first row; null if there is none.</summary>
    public SqlRow? FirstOrNull() => Count == 0 ? null : this[0];

    /// <inheritdoc />
    public IEnumerator<SqlRow> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal int IndexOf(string column)
    {
        var index = Array.LastIndexOf(_columns, column);
        return index >= 0 ? index : throw new KeyNotFoundException($"The result has no column '{column}'.");
    }
}
