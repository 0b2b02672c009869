using System.Buffers;
using System.Text;
using SQLitePCL;

namespace Everturn.Sqlite.Engine;

/// <summary>
/// A prepared statement in use. Parameters count from 1, columns from 0, as in SQLite. <see cref="Dispose"/> resets it
/// and gives it back to its connection.
/// </summary>
internal sealed class Statement(SqliteConnection connection, sqlite3_stmt handle, bool cached) : IDisposable
{
    private const int StackLimit = 512;
    private bool _inUse;

    public Statement Bind(int index, long value)
    {
        connection.Check(raw.sqlite3_bind_int64(handle, index, value));
        return this;
    }

    public Statement Bind(int index, long? value) => value is { } number ? Bind(index, number) : BindNull(index);

    public Statement Bind(int index, double? value)
    {
        if (value is not { } number)
            return BindNull(index);
        connection.Check(raw.sqlite3_bind_double(handle, index, number));
        return this;
    }

    public Statement Bind(int index, bool value) => Bind(index, value ? 1L : 0L);

    public Statement Bind(int index, string? value) => value is null ? BindNull(index) : Bind(index, value.AsSpan());

    /// <summary>Binds text as UTF-8.</summary>
    public Statement Bind(int index, ReadOnlySpan<char> value)
    {
        var limit = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (limit <= StackLimit)
            return BindEncoded(index, value, stackalloc byte[StackLimit]);
        var rented = ArrayPool<byte>.Shared.Rent(limit);
        BindEncoded(index, value, rented);
        ArrayPool<byte>.Shared.Return(rented);
        return this;
    }

    /// <summary>Binds a blob; an empty span is an empty blob, not NULL.</summary>
    public Statement Bind(int index, ReadOnlySpan<byte> value)
    {
        connection.Check(raw.sqlite3_bind_blob(handle, index, value));
        return this;
    }

    public Statement Bind(int index, byte[]? value) => value is null ? BindNull(index) : Bind(index, value.AsSpan());

    public Statement Bind(int index, ReadOnlyMemory<byte> value) => Bind(index, value.Span);

    public Statement Bind(int index, ReadOnlyMemory<byte>? value) =>
        value is { } bytes ? Bind(index, bytes.Span) : BindNull(index);

    /// <summary>Binds text that is UTF-8 already.</summary>
    public Statement BindUtf8(int index, ReadOnlySpan<byte> value)
    {
        connection.Check(raw.sqlite3_bind_text(handle, index, value));
        return this;
    }

    public Statement BindNull(int index)
    {
        connection.Check(raw.sqlite3_bind_null(handle, index));
        return this;
    }

    /// <summary>Goes to the next row.</summary>
    /// <returns>False after the last one.</returns>
    public bool Read()
    {
        var code = raw.sqlite3_step(handle);
        connection.Check(code);
        return code == raw.SQLITE_ROW;
    }

    /// <summary>Runs to the end.</summary>
    /// <returns>The number of rows inserted, updated or deleted; meaningless for a query.</returns>
    public int Run()
    {
        while (Read()) { }
        return connection.Changes;
    }

    /// <summary>Runs to the end and makes ready for other values, for a loop over rows.</summary>
    public int RunAndReset()
    {
        var changes = Run();
        connection.Check(raw.sqlite3_reset(handle));
        return changes;
    }

    /// <summary>Whether it cannot change the file.</summary>
    public bool IsReadOnly => raw.sqlite3_stmt_readonly(handle) != 0;

    /// <summary>How many parameters it has.</summary>
    public int ParameterCount => raw.sqlite3_bind_parameter_count(handle);

    /// <summary>How many columns its rows have.</summary>
    public int ColumnCount => raw.sqlite3_column_count(handle);

    public string ColumnName(int column) => raw.sqlite3_column_name(handle, column).utf8_to_string();

    /// <summary>One of SQLite's five types, as <c>raw.SQLITE_INTEGER</c> and so on.</summary>
    public int ColumnType(int column) => raw.sqlite3_column_type(handle, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public long Long(int column) => raw.sqlite3_column_int64(handle, column);

    public long? LongOrNull(int column) => IsNull(column) ? null : Long(column);

    public double Double(int column) => raw.sqlite3_column_double(handle, column);

    public int Int(int column) => checked((int)Long(column));

    public bool Bool(int column) => Long(column) != 0;

    // The text of a column is its blob, since our databases are UTF-8; unlike column_text this keeps embedded NULs.
    public string Text(int column) => Encoding.UTF8.GetString(Span(column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public byte[] Bytes(int column) => Span(column).ToArray();

    public byte[]? BytesOrNull(int column) => IsNull(column) ? null : Bytes(column);

    /// <summary>The bytes of a text or blob, valid until the next step or reset.</summary>
    public ReadOnlySpan<byte> Span(int column) => raw.sqlite3_column_blob(handle, column);

    public void Dispose()
    {
        if (!cached)
        {
            Finish();
            return;
        }
        Reset();
    }

    /// <summary>Makes it ready for its next use, without giving up one that is kept elsewhere than in its connection.</summary>
    public void Reset()
    {
        // Reset repeats the error of the last step, which has been thrown already.
        raw.sqlite3_reset(handle);
        raw.sqlite3_clear_bindings(handle);
        _inUse = false;
    }

    internal bool TryEnter()
    {
        if (_inUse)
            return false;
        _inUse = true;
        return true;
    }

    internal void Finish() => handle.Dispose();

    private Statement BindEncoded(int index, ReadOnlySpan<char> value, Span<byte> buffer) =>
        BindUtf8(index, buffer[..Encoding.UTF8.GetBytes(value, buffer)]);
}
