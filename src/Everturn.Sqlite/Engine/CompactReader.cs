using System.Text;

namespace Everturn.Sqlite.Engine;

/// <summary>Reads what a <see cref="CompactWriter"/> wrote.</summary>
/// <param name="content">All of it.</param>
internal ref struct CompactReader(ReadOnlySpan<byte> content)
{
    private ReadOnlySpan<byte> _rest = content;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>What is thrown where content cannot be read.</summary>
    public static StoreUnavailableException Damaged() => new("Stored content is damaged, or of a newer Everturn.");

    /// <exception cref="StoreUnavailableException">The content ends inside the number, or the number is too large.</exception>
    public ulong Number()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64 && !_rest.IsEmpty; shift += 7)
        {
            var part = _rest[0];
            _rest = _rest[1..];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
                return value;
        }

        throw Damaged();
    }

    /// <inheritdoc cref="Number"/>
    public long Signed()
    {
        var value = Number();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>A number that is at most <paramref name="limit"/>: a length or a place.</summary>
    /// <exception cref="StoreUnavailableException">It is not there, or larger.</exception>
    public int NumberUpTo(int limit) =>
        Number() is var number && number <= (ulong)limit ? (int)number : throw Damaged();

    /// <exception cref="StoreUnavailableException">The content ends inside them.</exception>
    public ReadOnlySpan<byte> Bytes()
    {
        var length = NumberUpTo(int.MaxValue);
        if (length > _rest.Length)
            throw Damaged();
        var bytes = _rest[..length];
        _rest = _rest[length..];
        return bytes;
    }

    /// <inheritdoc cref="Bytes"/>
    public string Text() => Encoding.UTF8.GetString(Bytes());
}
