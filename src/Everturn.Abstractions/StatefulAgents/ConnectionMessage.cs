using System.Text;

namespace Everturn.StatefulAgents;

/// <summary>A message from a client that is not part of the protocol.</summary>
/// <param name="IsText">Whether it came in a text frame.</param>
/// <param name="Data">The text as UTF-8, or the bytes of a binary frame.</param>
public readonly record struct ConnectionMessage(bool IsText, ReadOnlyMemory<byte> Data)
{
    /// <summary>The text; a binary message as if it were UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Data.Span);

    /// <summary>A text message.</summary>
    /// <param name="text">The text.</param>
    public static ConnectionMessage FromText(string text) => new(true, Encoding.UTF8.GetBytes(text));
}
