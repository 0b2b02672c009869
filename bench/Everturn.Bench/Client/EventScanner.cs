using System.Buffers.Text;

namespace Everturn.Bench.Client;

/// <summary>
/// Counts the server-sent events of a session and checks that no number is missing or comes twice. Looks at no more of
/// an event than that needs.
/// </summary>
internal sealed class EventScanner
{
    private byte[] _buffer = new byte[16 * 1024];
    private int _length;

    /// <summary>The last number that came.</summary>
    public long Cursor { get; private set; }

    /// <summary>Turns whose last chunk came: the agents here have one step a turn, which ends with <c>step_committed</c>.</summary>
    public int Turns { get; private set; }

    /// <summary>Whether the server said that the stream is over.</summary>
    public bool HasEnded { get; private set; }

    /// <exception cref="InvalidDataException">A number is missing or came twice.</exception>
    public void Accept(ReadOnlySpan<byte> piece)
    {
        if (_length + piece.Length > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + piece.Length));
        }

        piece.CopyTo(_buffer.AsSpan(_length));
        var rest = _buffer.AsSpan(0, _length + piece.Length);
        for (int end; (end = rest.IndexOf("\n\n"u8)) >= 0; rest = rest[(end + 2)..])
        {
            AcceptEvent(rest[..end]);
        }

        rest.CopyTo(_buffer);
        _length = rest.Length;
    }

    private void AcceptEvent(ReadOnlySpan<byte> item)
    {
        if (item.StartsWith("event: end"u8))
        {
            HasEnded = true;
        }
        else if (item.StartsWith("id: "u8))
        {
            if (!Utf8Parser.TryParse(item["id: ".Length..], out long sequence, out _) || sequence != Cursor + 1)
            {
                throw new InvalidDataException($"A reader at {Cursor} got number {sequence}.");
            }

            Cursor = sequence;
            if (item.IndexOf("\"step_committed\""u8) >= 0)
            {
                Turns++;
            }
        }
    }
}
