using System.Text.Json;

namespace Everturn.StatefulAgents.Dispatch;

/// <summary>One call of a method by its name: where generated code gets arguments from and returns results to.</summary>
public sealed class AgentCall
{
    private readonly JsonElement _arguments;

    internal AgentCall(JsonElement arguments, CancellationToken cancellationToken)
    {
        _arguments = arguments;
        ArgumentCount = arguments.ValueKind == JsonValueKind.Array ? arguments.GetArrayLength() : 0;
        CancellationToken = cancellationToken;
    }

    /// <summary>How many arguments the caller gave.</summary>
    public int ArgumentCount { get; }

    /// <summary>Cancelled when the object is reset, destroyed or shut down. Not when the client goes away.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>The connection of the client that calls; null for other callers.</summary>
    public Connection? Connection { get; init; }

    /// <summary>The schedule that calls back; null for other callers.</summary>
    public AgentSchedule? Schedule { get; init; }

    /// <summary>The queue's item that calls back; null for other callers.</summary>
    public QueuedItem? QueuedItem { get; init; }

    /// <summary>Where a streaming method writes to.</summary>
    /// <exception cref="InvalidOperationException">The caller takes no stream.</exception>
    public StreamingResponse Stream =>
        StreamOrNull ?? throw new InvalidOperationException("Only a client can call a method that streams.");

    internal StreamingResponse? StreamOrNull { get; init; }

    /// <summary>What the method returned, as JSON; null if nothing was returned.</summary>
    internal ReadOnlyMemory<byte>? Result { get; private set; }

    /// <summary>An argument; the default where the caller gave fewer.</summary>
    /// <typeparam name="T">The parameter's type.</typeparam>
    /// <param name="index">Its place, from 0.</param>
    /// <exception cref="InvalidInputException">It is of another type.</exception>
    public T? Argument<T>(int index)
    {
        if (index >= ArgumentCount)
        {
            return default;
        }

        try
        {
            return _arguments[index].Deserialize(AgentJson.TypeInfo<T>());
        }
        catch (JsonException exception)
        {
            throw new InvalidInputException($"args[{index}]", $"is not a {typeof(T).Name}: {exception.Message}");
        }
    }

    /// <summary>Returns a result. It is written as JSON here and now, so that later changes to it do not matter.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The result.</param>
    public void Return<T>(T value) => Result = AgentJson.Write(value);

    /// <summary>Sends every element of a sequence as a chunk and ends the stream.</summary>
    /// <typeparam name="T">The elements' type.</typeparam>
    /// <param name="chunks">The sequence; its enumeration stops when the client has gone.</param>
    public async ValueTask StreamAsync<T>(IAsyncEnumerable<T> chunks)
    {
        ArgumentNullException.ThrowIfNull(chunks);
        var stream = Stream;
        // Elements are produced in the object's turns: the enumeration must come back to them.
        await foreach (var chunk in chunks.WithCancellation(CancellationToken).ConfigureAwait(true))
        {
            if (!stream.Send(chunk))
            {
                return;
            }
        }

        stream.End();
    }
}
