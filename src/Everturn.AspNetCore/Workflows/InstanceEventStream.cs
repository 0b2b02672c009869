using System.Text.Json;
using Everturn.Workflows;

namespace Everturn.AspNetCore.Workflows;

/// <summary>Writes the log of an instance to a connection, and keeps the connection alive while nothing happens.</summary>
/// <param name="connection">The connection.</param>
/// <param name="keepAlive">How often something is sent.</param>
/// <param name="time">The clock.</param>
internal sealed class InstanceEventStream(SseConnection connection, TimeSpan keepAlive, TimeProvider time)
{
    private const int FlushAfter = 64 * 1024;

    private static ReadOnlySpan<byte> KeepAlive => ": keep-alive\n\n"u8;

    /// <summary>Writes until the instance has ended or is gone.</summary>
    /// <exception cref="OperationCanceledException">The reader is gone or dead, or the host stops.</exception>
    public async Task WriteAsync(
        IWorkflowEngine engine,
        InstanceKey key,
        SubscribeOptions options,
        CancellationToken cancellationToken
    )
    {
        connection.WriteHeaders();
        await connection.FlushAsync().ConfigureAwait(false);
        while (true)
        {
            var cursor = await FollowAsync(engine, key, options, cancellationToken).ConfigureAwait(false);
            var instance = await engine.FindAsync(key, cancellationToken).ConfigureAwait(false);
            if (instance is null or { Status.IsTerminal: true })
            {
                await connection.WriteAsync(End(instance, cursor)).ConfigureAwait(false);
                return;
            }
            // It was restarted just after it had ended, and its log goes on.
            options = options with
            {
                Cursor = cursor,
            };
        }
    }

    /// <summary>Writes one subscription to its end.</summary>
    /// <returns>The last number that was delivered.</returns>
    private async Task<long> FollowAsync(
        IWorkflowEngine engine,
        InstanceKey key,
        SubscribeOptions options,
        CancellationToken cancellationToken
    )
    {
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var events = engine.SubscribeAsync(key, options, reading.Token).GetAsyncEnumerator(reading.Token);
        var next = events.MoveNextAsync().AsTask();
        try
        {
            var cursor = options.Cursor;
            var unsent = 0;
            while (await WaitAsync(next).ConfigureAwait(false))
            {
                cursor = events.Current.EventId;
                unsent += Append(events.Current);
                next = events.MoveNextAsync().AsTask();
                if (!next.IsCompleted || unsent >= FlushAfter)
                {
                    await connection.FlushAsync().ConfigureAwait(false);
                    unsent = 0;
                }
            }
            return cursor;
        }
        catch (InstanceNotFoundException)
        {
            // Deleted between two looks.
            return options.Cursor;
        }
        finally
        {
            // An enumerator is not left while it moves.
            await reading.CancelAsync().ConfigureAwait(false);
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await events.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<bool> WaitAsync(Task<bool> next)
    {
        while (!next.IsCompleted)
        {
            using var timer = new CancellationTokenSource(keepAlive, time);
            await ((Task)next.WaitAsync(timer.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!next.IsCompleted)
            {
                await connection.WriteAsync(KeepAlive).ConfigureAwait(false);
            }
        }
        return await next.ConfigureAwait(false);
    }

    private int Append(InstanceLogEvent logged)
    {
        var view = InstanceEventView.Of(logged);
        var json = JsonSerializer.SerializeToUtf8Bytes(view, EverturnHttpJson.Default.InstanceEventView);
        connection.Append(System.Text.Encoding.UTF8.GetBytes($"id: {logged.EventId}\ndata: "));
        connection.Append(json);
        connection.Append("\n\n"u8);
        return json.Length;
    }

    private static byte[] End(InstanceSnapshot? instance, long cursor)
    {
        var end = new SubscriptionEndEvent
        {
            Status = instance is null ? "deleted" : instance.Status.Value,
            Error = instance?.Error,
            Cursor = cursor,
        };
        var json = JsonSerializer.SerializeToUtf8Bytes(end, EverturnHttpJson.Default.SubscriptionEndEvent);
        return [.. "event: end\ndata: "u8, .. json, .. "\n\n"u8];
    }
}
