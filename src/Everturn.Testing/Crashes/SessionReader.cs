using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Everturn.Testing.Crashes;

/// <summary>
/// A reader of a session's event stream that keeps its own cursor over broken connections, as a browser does. It
/// accepts nothing but the next number: a gap or a repetition is a violation.
/// </summary>
/// <param name="sessionId">The session.</param>
/// <param name="afterSequence">The last number that it has; 0 to begin at the first chunk.</param>
public sealed class SessionReader(string sessionId, long afterSequence = 0)
{
    private readonly List<ReceivedChunk> _received = [];

    /// <summary>The session.</summary>
    public string SessionId { get; } = sessionId;

    /// <summary>The last number that it has.</summary>
    public long Cursor { get; private set; } = afterSequence;

    /// <summary>What it got, over all connections.</summary>
    public IReadOnlyList<ReceivedChunk> Received => _received;

    /// <summary>Reads from the cursor to the end of the run.</summary>
    /// <param name="client">A client of the program.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>True; a broken connection is an exception, after which the next call goes on.</returns>
    /// <exception cref="InvariantViolationException">A number is missing or came twice.</exception>
    /// <exception cref="HttpRequestException">There is no connection, or it was refused.</exception>
    /// <exception cref="IOException">The connection broke before the stream's end.</exception>
    public Task<bool> ReadToEndAsync(HttpClient client, CancellationToken cancellationToken = default) =>
        ReadUntilAsync(client, static _ => false, cancellationToken);

    /// <summary>Reads from the cursor up to a chunk, or to the end of the run.</summary>
    /// <param name="client">A client of the program.</param>
    /// <param name="isLast">Whether to stop after a chunk.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>True; a broken connection is an exception, after which the next call goes on.</returns>
    /// <exception cref="InvariantViolationException">A number is missing or came twice.</exception>
    /// <exception cref="HttpRequestException">There is no connection, or it was refused.</exception>
    /// <exception cref="IOException">The connection broke before the stream's end.</exception>
    public async Task<bool> ReadUntilAsync(
        HttpClient client,
        Func<ReceivedChunk, bool> isLast,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(isLast);
        ArgumentNullException.ThrowIfNull(client);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"sessions/{SessionId}/sse");
        request.Headers.Add("Last-Event-ID", Cursor.ToString(CultureInfo.InvariantCulture));
        using var response = await client
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            .ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            var events = SseParser.Create(body).EnumerateAsync(cancellationToken).ConfigureAwait(false);
            await foreach (var item in events)
            {
                if (item.EventType == "end")
                {
                    return true;
                }

                Accept(item.EventId, item.Data);
                if (isLast(_received[^1]))
                {
                    return true;
                }
            }
        }

        throw new IOException("The stream broke off before its end.");
    }

    private void Accept(string? id, string data)
    {
        using var json = JsonDocument.Parse(data);
        var sequence = json.RootElement.GetProperty("sequence").GetInt64();
        if (sequence != Cursor + 1 || id != sequence.ToString(CultureInfo.InvariantCulture))
        {
            throw new InvariantViolationException([
                $"Invariant 8: a reader of '{SessionId}' at {Cursor} got number {sequence} with id '{id}'.",
            ]);
        }

        Cursor = sequence;
        _received.Add(new(sequence, json.RootElement.GetProperty("chunk").GetRawText()));
    }
}
