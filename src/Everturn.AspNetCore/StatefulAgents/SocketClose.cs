using System.Text;

namespace Everturn.AspNetCore.StatefulAgents;

/// <summary>How a socket is closed.</summary>
internal sealed record SocketClose
{
    /// <summary>There was no code in the close frame.</summary>
    public const int NoCode = 1005;

    /// <summary>The connection broke.</summary>
    public const int Broken = 1006;

    /// <summary>A frame was too large.</summary>
    public const int TooLarge = 1009;

    /// <summary>Something went wrong here.</summary>
    public const int Failed = 1011;

    /// <summary>This server stops; another one, or the same later, goes on.</summary>
    public const int Restart = 1012;

    /// <summary>The client takes too little.</summary>
    public const int TryAgainLater = 1013;

    private const int HandshakeFailed = 1015;
    private const int MaxReasonBytes = 123;

    public SocketClose(int code, string reason)
    {
        Code = code;
        Reason = Encoding.UTF8.GetByteCount(reason) <= MaxReasonBytes ? reason : Shorten(reason);
    }

    public int Code { get; }

    public string Reason { get; }

    /// <summary>The answer to a client's close: the same code, unless it is one that may not be sent.</summary>
    public static SocketClose AnswerTo(int code, string reason) =>
        code is NoCode or Broken or HandshakeFailed ? new(NoCode, "") : new(code, reason);

    private static string Shorten(string reason)
    {
        var length = Math.Min(reason.Length, MaxReasonBytes);
        while (
            Encoding.UTF8.GetByteCount(reason.AsSpan(0, length)) > MaxReasonBytes
            || char.IsHighSurrogate(reason[length - 1])
        )
        {
            length--;
        }
        return reason[..length];
    }
}
