using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Everturn.Cli.Client;

/// <summary>A stream of events that mends itself: after a broken connection it goes on from its last number.</summary>
internal sealed class EventStream
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly EverturnClient _client;
    private readonly Func<long, string> _path;
    private readonly string _number;

    private EventStream(EverturnClient client, Func<long, string> path, string number) =>
        (_client, _path, _number) = (client, path, number);

    /// <summary>The last number that was seen.</summary>
    public long Cursor { get; private set; }

    /// <summary>The stream of a session, to the end of the run or for ever.</summary>
    /// <param name="client">The server.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="follow">Whether to go on with later runs.</param>
    public static EventStream OfSession(EverturnClient client, string sessionId, bool follow = false) =>
        new(
            client,
            cursor =>
                new QueryPath(EverturnClient.SessionPath(sessionId) + "/sse")
                    .With("fromSequence", $"{cursor}")
                    .With("follow", follow ? "true" : null)
                    .ToString(),
            "sequence"
        );

    /// <summary>The log of a workflow's instance, to its end.</summary>
    /// <param name="client">The server.</param>
    /// <param name="instancePath">The path of the instance.</param>
    /// <param name="filter">The types of events, with commas in between; null for all.</param>
    public static EventStream OfInstance(EverturnClient client, string instancePath, string? filter = null) =>
        new(
            client,
            cursor =>
                new QueryPath(instancePath + "/subscribe")
                    .With("cursor", $"{cursor}")
                    .With("filter", filter)
                    .ToString(),
            "eventId"
        );

    /// <summary>Reads on after a number.</summary>
    /// <param name="afterNumber">The number.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="ServerProblemException">The server refuses.</exception>
    /// <exception cref="HttpRequestException">The server was away for too long.</exception>
    public async IAsyncEnumerable<StreamItem> ReadAsync(
        long afterNumber,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        Cursor = afterNumber;
        var pause = FirstPause;
        var brokenAt = 0L;
        var reader = new OpenStream();
        try
        {
            while (true)
            {
                SseItem<string>? item = null;
                Exception? failure = null;
                try
                {
                    item = await NextAsync(reader, cancellationToken).ConfigureAwait(false);
                }
                catch (Exception exception) when (IsMendable(exception))
                {
                    failure = exception;
                }
                if (item is { } next)
                {
                    (pause, brokenAt) = (FirstPause, 0);
                    using var data = JsonDocument.Parse(next.Data);
                    if (next.EventType == "end")
                    {
                        yield return new() { End = data.RootElement.Clone() };
                        yield break;
                    }
                    Cursor = data.RootElement.GetProperty(_number).GetInt64();
                    yield return new() { Event = data.RootElement.Clone() };
                    continue;
                }
                await reader.CloseAsync().ConfigureAwait(false);
                if (brokenAt == 0)
                {
                    brokenAt = TimeProvider.System.GetTimestamp();
                    yield return new() { Broken = failure?.Message ?? "The server closed it." };
                }
                else if (failure is not null && TimeProvider.System.GetElapsedTime(brokenAt) > Patience)
                {
                    throw new HttpRequestException(failure.Message, failure);
                }
                await Task.Delay(pause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
        finally
        {
            await reader.CloseAsync().ConfigureAwait(false);
        }
    }

    private async Task<SseItem<string>?> NextAsync(OpenStream reader, CancellationToken cancellationToken)
    {
        if (!reader.IsOpen)
        {
            var response = await _client.OpenAsync(_path(Cursor), cancellationToken).ConfigureAwait(false);
            await reader.OpenAsync(response, cancellationToken).ConfigureAwait(false);
        }
        return await reader.NextAsync().ConfigureAwait(false);
    }

    // A server that restarts or is overwhelmed comes back; one that says no does not change its mind.
    private static bool IsMendable(Exception exception) =>
        EverturnClient.IsDisconnect(exception)
        || exception is ServerProblemException { Status: HttpStatusCode.ServiceUnavailable };
}
