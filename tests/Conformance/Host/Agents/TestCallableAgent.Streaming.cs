using System.Runtime.CompilerServices;
using System.Text.Json;
using Everturn.StatefulAgents;

namespace Everturn.Conformance.Host.Agents;

/// <content>Methods that stream.</content>
public sealed partial class TestCallableAgent
{
    /// <summary>Numbers below another, which is the end.</summary>
    [Callable]
    public void StreamNumbers(StreamingResponse stream, int count)
    {
        for (var i = 0; i < count; i++)
        {
            stream.Send(i);
        }
        stream.End(count);
    }

    /// <summary>What it gets, piece by piece.</summary>
    [Callable]
    public async Task StreamWithDelay(StreamingResponse stream, List<JsonElement> chunks, int milliseconds)
    {
        foreach (var chunk in chunks)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), Time, Lifetime);
            if (!stream.Send(chunk))
            {
                return;
            }
        }
        stream.End("complete");
    }

    /// <summary>Throws in the middle.</summary>
    [Callable]
    public void StreamError(StreamingResponse stream)
    {
        stream.Send("chunk1");
        throw new InvalidOperationException("Stream failed");
    }

    /// <summary>Throws at once.</summary>
    [Callable]
    public void StreamThrowsImmediately(StreamingResponse stream) =>
        throw new InvalidOperationException("Immediate failure");

    /// <summary>Ends with an error by itself.</summary>
    [Callable]
    public void StreamGracefulError(StreamingResponse stream)
    {
        stream.Send("chunk1");
        stream.Error("Graceful error");
    }

    /// <summary>Ends twice.</summary>
    [Callable]
    public void StreamDoubleClose(StreamingResponse stream)
    {
        stream.Send("chunk1");
        stream.End("first");
        stream.End("second");
        stream.Send("late");
        stream.Error("too late");
    }

    /// <summary>Returns before it ends.</summary>
    [Callable]
    public void StreamLater(StreamingResponse stream)
    {
        stream.Send("first");
        _ = EndAsync();

        async Task EndAsync()
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), Time, Lifetime);
            stream.End("later");
        }
    }

    /// <summary>Counts.</summary>
    [Callable]
    public async IAsyncEnumerable<int> CountTo(int last, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var i = 1; i <= last; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), Time, cancellationToken);
            yield return i;
        }
    }

    /// <summary>Counts, and throws.</summary>
    [Callable]
    public async IAsyncEnumerable<int> CountAndFail(int last)
    {
        for (var i = 1; i <= last; i++)
        {
            await Task.Yield();
            yield return i;
        }
        throw new InvalidOperationException("enough");
    }
}
