using System.Runtime.InteropServices;

namespace Everturn.StatefulAgents;

/// <summary>A parameter or a column of SQLite.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct SqlValue : IEquatable<SqlValue>
{
    private readonly object? _object;
    private readonly long _bits;

    private SqlValue(SqlValueKind kind, long bits, object? value)
    {
        Kind = kind;
        _bits = bits;
        _object = value;
    }

    /// <summary>An integer.</summary>
    /// <param name="value">The value.</param>
    public SqlValue(long value)
        : this(SqlValueKind.Integer, value, null) { }

    /// <summary>A floating point number.</summary>
    /// <param name="value">The value; NaN is stored as NULL.</param>
    public SqlValue(double value)
        : this(SqlValueKind.Real, BitConverter.DoubleToInt64Bits(value), null) { }

    /// <summary>A text; null is NULL.</summary>
    /// <param name="value">The value.</param>
    public SqlValue(string? value)
        : this(value is null ? SqlValueKind.Null : SqlValueKind.Text, 0, value) { }

    /// <summary>Bytes; null is NULL.</summary>
    /// <param name="value">The value, not to be changed afterwards.</param>
    public SqlValue(byte[]? value)
        : this(value is null ? SqlValueKind.Null : SqlValueKind.Blob, 0, value) { }

    /// <summary>NULL.</summary>
    public static SqlValue Null => default;

    /// <summary>What it is.</summary>
    public SqlValueKind Kind { get; }

    /// <summary>Whether it is NULL.</summary>
    public bool IsNull => Kind == SqlValueKind.Null;

    /// <summary>It as an integer; a real number is cut off.</summary>
    /// <exception cref="InvalidCastException">It is not a number.</exception>
    public long AsLong() =>
        Kind switch
        {
            SqlValueKind.Integer => _bits,
            SqlValueKind.Real => (long)BitConverter.Int64BitsToDouble(_bits),
            _ => throw NotA("number"),
        };

    /// <summary>It as a floating point number.</summary>
    /// <exception cref="InvalidCastException">It is not a number.</exception>
    public double AsDouble() =>
        Kind switch
        {
            SqlValueKind.Integer => _bits,
            SqlValueKind.Real => BitConverter.Int64BitsToDouble(_bits),
            _ => throw NotA("number"),
        };

    /// <summary>It as a truth value: an integer other than zero.</summary>
    /// <exception cref="InvalidCastException">It is not a number.</exception>
    public bool AsBool() => AsLong() != 0;

    /// <summary>It as text.</summary>
    /// <exception cref="InvalidCastException">It is not text.</exception>
    public string AsText() => Kind == SqlValueKind.Text ? (string)_object! : throw NotA("text");

    /// <summary>It as bytes.</summary>
    /// <exception cref="InvalidCastException">It is not a blob.</exception>
    public byte[] AsBlob() => Kind == SqlValueKind.Blob ? (byte[])_object! : throw NotA("blob");

    /// <summary>It as text; null if it is NULL.</summary>
    /// <exception cref="InvalidCastException">It is neither.</exception>
    public string? AsTextOrNull() => IsNull ? null : AsText();

    /// <summary>It as an integer; null if it is NULL.</summary>
    /// <exception cref="InvalidCastException">It is neither.</exception>
    public long? AsLongOrNull() => IsNull ? null : AsLong();

    /// <inheritdoc />
    public bool Equals(SqlValue other) =>
        Kind == other.Kind
        && Kind switch
        {
            SqlValueKind.Text => (string)_object! == (string)other._object!,
            SqlValueKind.Blob => ((byte[])_object!).AsSpan().SequenceEqual((byte[])other._object!),
            _ => _bits == other._bits,
        };

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is SqlValue other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() =>
        Kind == SqlValueKind.Text ? HashCode.Combine(Kind, (string)_object!) : HashCode.Combine(Kind, _bits);

    /// <summary>Whether two values are of the same type and equal.</summary>
    public static bool operator ==(SqlValue left, SqlValue right) => left.Equals(right);

    /// <summary>Whether two values differ.</summary>
    public static bool operator !=(SqlValue left, SqlValue right) => !left.Equals(right);

    /// <inheritdoc />
    public override string ToString() =>
        Kind switch
        {
            SqlValueKind.Null => "NULL",
            SqlValueKind.Integer => $"{_bits}",
            SqlValueKind.Real => $"{BitConverter.Int64BitsToDouble(_bits)}",
            SqlValueKind.Text => (string)_object!,
            _ => Convert.ToHexStringLower((byte[])_object!),
        };

    private InvalidCastException NotA(string wanted) => new($"The value is {Kind}, not a {wanted}.");
}
