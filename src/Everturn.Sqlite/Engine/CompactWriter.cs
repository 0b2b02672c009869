using System.Buffers;
using System.Text;

namespace Everturn.Sqlite.Engine;

/// <summary>Numbers in as few bytes as they need, bytes and texts with their length in front. <see cref="CompactReader"/> reads them.</summary>
internal sealed class CompactWriter
{
    private const int LongestNumber = 10;

    private readonly ArrayBufferWriter<byte> _buffer = new(128);

    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();

    public ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

    /// <summary>Writes a number that is not negative.</summary>
    public void Number(ulong value)
    {
        var span = _buffer.GetSpan(LongestNumber);
        var length = 0;
        while (value >= 0x80)
        {
            span[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[length++] = (byte)value;
        _buffer.Advance(length);
    }

    /// <summary>Writes a number of either sign; small distances from zero are short.</summary>
    public void Signed(long value) => Number((ulong)((value << 1) ^ (value >> 63)));

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Number((ulong)value.Length);
        value.CopyTo(_buffer.GetSpan(value.Length));
        _buffer.Advance(value.Length);
    }

    public void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Number((ulong)length);
        Encoding.UTF8.GetBytes(value, _buffer.GetSpan(length));
        _buffer.Advance(length);
    }
}
