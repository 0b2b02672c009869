using System.Net.WebSockets;
using Everturn.StatefulAgents.Transport;

namespace Everturn.AspNetCore.StatefulAgents;

/// <summary>
/// The sending half of a WebSocket: a queue, and a writer that runs only while something is in it, so that an idle
/// client costs neither a thread nor a buffer.
/// </summary>
/// <param name="socket">The socket, open.</param>
/// <param name="maxWaitingBytes">How much may wait; with more the socket is dropped.</param>
/// <param name="time">The clock, for how long a client may take to answer a close.</param>
internal sealed class AgentSocket(WebSocket socket, long maxWaitingBytes, TimeProvider time)
    : IConnectionSocket,
        IThreadPoolWorkItem,
        IDisposable
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Queue<OutgoingFrame> _waiting = new();
    private readonly TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource? _closeTimeout;
    private long _waitingBytes;
    private bool _isWriting;
    private bool _isClosing;

    /// <summary>What this side closed the socket with; null where it did not.</summary>
    public SocketClose? Closed { get; private set; }

    /// <summary>Completes when a close frame was sent, or the socket broke.</summary>
    public Task Sent => _sent.Task;

    public void Send(ReadOnlyMemory<byte> data, bool isText) => Enqueue(new(data, isText, Close: null));

    public void Close(int code, string reason) => Enqueue(new(default, IsText: false, new(code, reason)));

    /// <summary>Closes the socket, unless it is being closed already.</summary>
    public void Close(SocketClose close) => Enqueue(new(default, IsText: false, close));

    /// <summary>Closes a socket that never came to be a connection, and waits for its end.</summary>
    public Task CloseAndWaitAsync(SocketClose close)
    {
        Close(close);
        return WaitForEndAsync();
    }

    /// <summary>Waits until the client has answered the close, or is gone. What it sends until then is dropped.</summary>
    public async Task WaitForEndAsync()
    {
        var buffer = new byte[256];
        try
        {
            while (
                (await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None).ConfigureAwait(false)).MessageType
                != WebSocketMessageType.Close
            ) { }
        }
        catch (Exception exception)
            when (exception is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            Abort();
        }
        await Sent.ConfigureAwait(false);
    }

    /// <summary>Drops the socket: whoever waits for it learns at once.</summary>
    public void Abort()
    {
        lock (_lock)
        {
            _isClosing = true;
        }
        socket.Abort();
        _sent.TrySetResult();
    }

    public void Execute() => _ = WriteAsync();

    public void Dispose()
    {
        _closeTimeout?.Dispose();
        socket.Dispose();
    }

    private void Enqueue(OutgoingFrame frame)
    {
        lock (_lock)
        {
            if (_isClosing)
            {
                return;
            }
            _waiting.Enqueue(frame);
            _waitingBytes += frame.Data.Length;
            if (frame.Close is { } close)
            {
                _isClosing = true;
                Closed = close;
            }
            if (_waitingBytes > maxWaitingBytes)
            {
                _isClosing = true;
                Closed = new(SocketClose.TryAgainLater, "The client takes too little.");
                _waiting.Clear();
                socket.Abort();
                _sent.TrySetResult();
                return;
            }
            if (_isWriting)
            {
                return;
            }
            _isWriting = true;
        }
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private async Task WriteAsync()
    {
        try
        {
            while (Next() is { } frame)
            {
                if (frame.Close is { } close)
                {
                    await SendCloseAsync(close).ConfigureAwait(false);
                    return;
                }
                var type = frame.IsText ? WebSocketMessageType.Text : WebSocketMessageType.Binary;
                await socket
                    .SendAsync(frame.Data, type, endOfMessage: true, CancellationToken.None)
                    .ConfigureAwait(false);
            }
        }
        catch (Exception exception)
            when (exception is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The client is gone, which its reader learns as well.
            Abort();
        }
    }

    private OutgoingFrame? Next()
    {
        lock (_lock)
        {
            if (!_waiting.TryDequeue(out var frame))
            {
                _isWriting = false;
                return null;
            }
            _waitingBytes -= frame.Data.Length;
            return frame;
        }
    }

    private async Task SendCloseAsync(SocketClose close)
    {
        var isEmpty = close.Code == SocketClose.NoCode;
        // A client that does not answer the close is not waited for longer than this.
        _closeTimeout = new(CloseTimeout, time);
        _closeTimeout.Token.UnsafeRegister(static aborted => ((AgentSocket)aborted!).Abort(), this);
        await socket
            .CloseOutputAsync(
                isEmpty ? WebSocketCloseStatus.Empty : (WebSocketCloseStatus)close.Code,
                isEmpty ? null : close.Reason,
                _closeTimeout.Token
            )
            .ConfigureAwait(false);
        _sent.TrySetResult();
    }
}
