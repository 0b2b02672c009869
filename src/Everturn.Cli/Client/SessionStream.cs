using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Everturn.Cli.Client;

/// <summary>A session's stream that mends itself: after a broken connection it goes on from its last number.</summary>
/// <param name="client">The server.</param>
/// <param name="sessionId">The session.</param>
/// <param name="follow">Whether to go on with later runs.</param>
internal sealed class SessionStream(EverturnClient client, string sessionId, bool follow = false)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The last number that was seen.</summary>
    public long Cursor { get; private set; }

    /// <summary>Reads on after a number, to the end of the run or for ever.</summary>
    /// <param name="afterSequence">The number.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="ServerProblemException">The server refuses.</exception>
    /// <exception cref="HttpRequestException">The server was away for too long.</exception>
    public async IAsyncEnumerable<StreamItem> ReadAsync(
        long afterSequence,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        Cursor = afterSequence;
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
                    Cursor = data.RootElement.GetProperty("sequence").GetInt64();
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
            var path = $"{EverturnClient.SessionPath(sessionId)}/sse?fromSequence={Cursor}";
            var response = await client
                .OpenAsync(follow ? path + "&follow=true" : path, cancellationToken)
                .ConfigureAwait(false);
            await reader.OpenAsync(response, cancellationToken).ConfigureAwait(false);
        }
        return await reader.NextAsync().ConfigureAwait(false);
    }

    // A server that restarts or is overwhelmed comes back; one that says no does not change its mind.
    private static bool IsMendable(Exception exception) =>
        EverturnClient.IsDisconnect(exception)
        || exception is ServerProblemException { Status: HttpStatusCode.ServiceUnavailable };
}
