using System.Buffers.Text;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Everturn.Bench.Client;

/// <summary>
/// One HTTP/1.1 connection with one request at a time. It does what the benchmarks need and no more, since the client
/// takes its time from the same cores as the server.
/// </summary>
internal sealed class HttpConnection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _chunked;
    private bool _ended;
    private long _remaining;
    private bool _lineEndDue;

    public static async Task<HttpConnection> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        var connection = new HttpConnection();
        await connection._socket.ConnectAsync(address.Host, address.Port, cancellationToken);
        return connection;
    }

    /// <summary>A request as it goes over the wire.</summary>
    public static byte[] Request(string method, string path, string? json = null) =>
        Encoding.UTF8.GetBytes(
            $"{method} {path} HTTP/1.1\r\nHost: localhost\r\n"
                + (
                    json is null
                        ? "\r\n"
                        : $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}"
                )
        );

    /// <summary>Sends a request and reads the head of its answer.</summary>
    /// <exception cref="HttpRequestException">The status is not 200.</exception>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        await _socket.SendAsync(request, cancellationToken);
        int length;
        while ((length = Buffered.IndexOf("\r\n\r\n"u8)) < 0)
        {
            await FillAsync(cancellationToken);
        }

        var head = Encoding.ASCII.GetString(Buffered[..length]);
        _start += length + 4;
        ReadHead(head);
    }

    /// <summary>Gives the next bytes of the body, good until the next call; empty at its end.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        while (!_ended)
        {
            if (_remaining == 0)
            {
                if (!TryReadChunkSize())
                {
                    await FillAsync(cancellationToken);
                }

                continue;
            }

            if (_start == _end)
            {
                await FillAsync(cancellationToken);
            }

            var length = (int)Math.Min(_remaining, _end - _start);
            var piece = _buffer.AsMemory(_start, length);
            _start += length;
            _remaining -= length;
            _lineEndDue = _chunked && _remaining == 0;
            _ended = !_chunked && _remaining == 0;
            return piece;
        }

        return default;
    }

    /// <summary>Reads the rest of the body and drops it.</summary>
    public async ValueTask DrainAsync(CancellationToken cancellationToken)
    {
        while (!(await ReadAsync(cancellationToken)).IsEmpty) { }
    }

    public void Dispose() => _socket.Dispose();

    private ReadOnlySpan<byte> Buffered => _buffer.AsSpan(_start, _end - _start);

    private void ReadHead(string head)
    {
        if (!head.StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
        {
            throw new HttpRequestException($"Not answered as it should be: {head.Split('\r')[0]}");
        }

        const string Length = "\r\nContent-Length: ";
        var at = head.IndexOf(Length, StringComparison.OrdinalIgnoreCase);
        _chunked = at < 0;
        _lineEndDue = false;
        _remaining = _chunked
            ? 0
            : long.Parse(head[(at + Length.Length)..].Split('\r')[0], CultureInfo.InvariantCulture);
        _ended = !_chunked && _remaining == 0;
    }

    // RFC 9112, section 7.1: size in hexadecimal, CRLF, that many bytes, CRLF; a size of 0 and an empty line at the end.
    private bool TryReadChunkSize()
    {
        var bytes = Buffered;
        var skip = _lineEndDue ? 2 : 0;
        if (bytes.Length < skip)
        {
            return false;
        }

        var line = bytes[skip..].IndexOf("\r\n"u8);
        if (line < 0 || !Utf8Parser.TryParse(bytes.Slice(skip, line), out long size, out _, 'x'))
        {
            return line < 0 ? false : throw new HttpRequestException("The body is not chunked as it says.");
        }

        var used = skip + line + 2;
        if (size == 0 && bytes.Length < used + 2)
        {
            return false;
        }

        _start += size == 0 ? used + 2 : used;
        _ended = size == 0;
        _remaining = size;
        _lineEndDue = false;
        return true;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_end == _buffer.Length)
        {
            Buffered.CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            if (_end == _buffer.Length)
            {
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }
        }

        var count = await _socket.ReceiveAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += count > 0 ? count : throw new HttpRequestException("The server closed the connection.");
    }
}
