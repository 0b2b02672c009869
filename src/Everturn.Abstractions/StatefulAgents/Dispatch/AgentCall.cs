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

    /// <summary>An argument that must be given.</summary>
    /// <typeparam name="T">The parameter's type.</typeparam>
    /// <param name="index">Its place, from 0.</param>
    /// <param name="name">The parameter's name, for the message of the exception.</param>
    /// <exception cref="InvalidInputException">It is missing, null, or of another type.</exception>
    public T Required<T>(int index, string name)
    {
        if (typeof(T) == typeof(JsonElement) && index < ArgumentCount)
        {
            return (T)(object)_arguments[index].Clone();
        }
        return IsGiven(index) && Read<T>(index, name) is { } value
            ? value
            : throw new InvalidInputException(Field(index, name), "It is missing, or null.");
    }

    /// <summary>An argument that may be left out, or be null, which is what JSON makes of undefined.</summary>
    /// <typeparam name="T">The parameter's type.</typeparam>
    /// <param name="index">Its place, from 0.</param>
    /// <param name="name">The parameter's name, for the message of the exception.</param>
    /// <param name="ifAbsent">What it is then.</param>
    /// <exception cref="InvalidInputException">It is of another type.</exception>
    public T Optional<T>(int index, string name, T ifAbsent) =>
        IsGiven(index) ? Read<T>(index, name) ?? ifAbsent : ifAbsent;

    /// <summary>An argument of a nullable value type.</summary>
    /// <typeparam name="T">The value type.</typeparam>
    /// <param name="index">Its place, from 0.</param>
    /// <param name="name">The parameter's name, for the message of the exception.</param>
    /// <param name="ifAbsent">What it is where it is left out or null.</param>
    /// <exception cref="InvalidInputException">It is of another type.</exception>
    public T? OptionalValue<T>(int index, string name, T? ifAbsent)
        where T : struct => IsGiven(index) ? Read<T>(index, name) : ifAbsent;

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

    private static string Field(int index, string name) => $"args[{index}] ({name})";

    private bool IsGiven(int index) => index < ArgumentCount && _arguments[index].ValueKind != JsonValueKind.Null;

    private T? Read<T>(int index, string name)
    {
        var type = AgentJson.TypeInfo<T>();
        try
        {
            return _arguments[index].Deserialize(type);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second is a text that escapes half a character.
            throw new InvalidInputException(Field(index, name), $"It is not a {typeof(T).Name}: {exception.Message}");
        }
    }
}
