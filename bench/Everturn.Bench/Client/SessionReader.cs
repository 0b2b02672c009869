namespace Everturn.Bench.Client;

/// <summary>One reader of a session's events.</summary>
internal sealed class SessionReader : IDisposable
{
    private readonly HttpConnection _connection;
    private readonly EventScanner _scanner = new();

    private SessionReader(HttpConnection connection) => _connection = connection;

    /// <summary>Chunks that came, every number from 1 on.</summary>
    public long Chunks => _scanner.Cursor;

    /// <summary>Opens a reader from the first chunk on.</summary>
    public static async Task<SessionReader> OpenAsync(
        Uri address,
        string session,
        bool follow,
        CancellationToken cancellationToken
    )
    {
        var connection = await HttpConnection.OpenAsync(address, cancellationToken);
        var path = $"/sessions/{session}/sse{(follow ? "?follow=true" : "")}";
        await connection.SendAsync(HttpConnection.Request("GET", path), cancellationToken);
        return new(connection);
    }

    /// <summary>Reads until so many turns have ended since the first chunk.</summary>
    public async Task ReadTurnsAsync(int turns, CancellationToken cancellationToken)
    {
        while (_scanner.Turns < turns)
        {
            _scanner.Accept((await NextAsync(cancellationToken)).Span);
        }
    }

    /// <summary>Reads until the server says that it is the end.</summary>
    public async Task ReadToEndAsync(CancellationToken cancellationToken)
    {
        while (!_scanner.HasEnded)
        {
            _scanner.Accept((await NextAsync(cancellationToken)).Span);
        }
    }

    public void Dispose() => _connection.Dispose();

    private async ValueTask<ReadOnlyMemory<byte>> NextAsync(CancellationToken cancellationToken)
    {
        var piece = await _connection.ReadAsync(cancellationToken);
        return piece.IsEmpty ? throw new InvalidDataException("The stream broke off.") : piece;
    }
}
