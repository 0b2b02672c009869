using System.Text;

namespace Everturn.Sqlite.Engine;

/// <summary>Reads what a <see cref="CompactWriter"/> wrote.</summary>
/// <param name="content">All of it.</param>
internal ref struct CompactReader(ReadOnlySpan<byte> content)
{
    private ReadOnlySpan<byte> _rest = content;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <exception cref="InvalidDataException">The content ends inside a number, or the number is too large.</exception>
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

        throw new InvalidDataException("A stored number is cut off.");
    }

    /// <inheritdoc cref="Number"/>
    public long Signed()
    {
        var value = Number();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <exception cref="InvalidDataException">The content ends inside the text.</exception>
    public string Text()
    {
        var length = Number();
        if (length > (ulong)_rest.Length)
            throw new InvalidDataException("A stored text is cut off.");
        var text = Encoding.UTF8.GetString(_rest[..(int)length]);
        _rest = _rest[(int)length..];
        return text;
    }
}
