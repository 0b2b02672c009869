using System.Buffers.Binary;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Everturn.Bench.Client;

/// <summary>
/// The client's half of a WebSocket (RFC 6455) with small text frames, over a plain socket: a client of the platform takes
/// more of the two cores for a frame than the server does.
/// </summary>
internal sealed class FrameSocket : IDisposable
{
    private const int MaxBytes = 4 * 1024;
    private const int Text = 0x81;
    private const int Masked = 0x80;
    private const int TwoByteLength = 126;
    private const int MaskBytes = 4;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[MaxBytes];
    private int _start;
    private int _end;

    private FrameSocket() { }

    /// <exception cref="InvalidDataException">The server does not upgrade.</exception>
    public static async Task<FrameSocket> OpenAsync(Uri server, string path, CancellationToken cancellationToken)
    {
        var client = new FrameSocket();
        await client._socket.ConnectAsync(server.Host, server.Port, cancellationToken);
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        var request =
            $"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n";
        await client._socket.SendAsync(Encoding.ASCII.GetBytes(request), cancellationToken);
        await client.ReadHeadAsync(cancellationToken);
        return client;
    }

    /// <summary>Sends a text frame.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> text, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(text.Length, TwoByteLength);
        // The mask is four zeros, which leaves the text as it is.
        var frame = new byte[2 + MaskBytes + text.Length];
        frame[0] = Text;
        frame[1] = (byte)(Masked | text.Length);
        text.CopyTo(frame.AsMemory(2 + MaskBytes));
        await _socket.SendAsync(frame, cancellationToken);
    }

    /// <summary>Waits for the next frame.</summary>
    /// <returns>Its text, good until the next call.</returns>
    /// <exception cref="InvalidDataException">Something else came than one small text frame.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> text;
        while (!TryTake(out text))
        {
            await FillAsync(cancellationToken);
        }
        return text;
    }

    public void Dispose() => _socket.Dispose();

    private bool TryTake(out ReadOnlyMemory<byte> text)
    {
        text = default;
        var bytes = _buffer.AsSpan(_start, _end - _start);
        if (bytes.Length < 2)
        {
            return false;
        }
        var (head, length) = (2, (int)bytes[1]);
        if (bytes[0] != Text || length > TwoByteLength)
        {
            throw new InvalidDataException("The server sent something else than one small text frame.");
        }
        if (length == TwoByteLength)
        {
            if (bytes.Length < 4)
            {
                return false;
            }
            (head, length) = (4, BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]));
        }
        if (bytes.Length < head + length)
        {
            return false;
        }
        text = _buffer.AsMemory(_start + head, length);
        _start += head + length;
        return true;
    }

    private async ValueTask ReadHeadAsync(CancellationToken cancellationToken)
    {
        int length;
        while ((length = _buffer.AsSpan(0, _end).IndexOf("\r\n\r\n"u8)) < 0)
        {
            await FillAsync(cancellationToken);
        }
        if (!_buffer.AsSpan().StartsWith("HTTP/1.1 101 "u8))
        {
            throw new InvalidDataException(Encoding.ASCII.GetString(_buffer, 0, length));
        }
        _start = length + 4;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        var count = await _socket.ReceiveAsync(_buffer.AsMemory(_end), cancellationToken);
        _end +=
            count > 0 ? count : throw new InvalidDataException("The server closed the socket, or a frame is large.");
    }
}
