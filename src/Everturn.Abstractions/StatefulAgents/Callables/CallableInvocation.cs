using System.Text.Json;

namespace Everturn.StatefulAgents;

/// <summary>One call of a <see cref="CallableMethod"/>: its arguments, and what it returned.</summary>
/// <remarks>Values are read and written as <see cref="EverturnJson"/> does it.</remarks>
/// <param name="arguments">A JSON array. Arguments beyond the method's parameters are ignored, as in JavaScript.</param>
/// <param name="stream">Where a streaming method answers.</param>
/// <param name="cancellationToken">Cancelled when nobody waits for the answer any more.</param>
public sealed class CallableInvocation(
    JsonElement arguments,
    StreamingResponse stream,
    CancellationToken cancellationToken = default
)
{
    /// <summary>Where a streaming method answers.</summary>
    public StreamingResponse Stream { get; } = stream;

    /// <summary>Cancelled when nobody waits for the answer any more.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>
    /// What the method returned, as JSON in UTF-8; null where it returns nothing. A returned null is the JSON
    /// <c>null</c>.
    /// </summary>
    public ReadOnlyMemory<byte>? Result { get; private set; }

    /// <summary>An argument that must be given.</summary>
    /// <typeparam name="T">The parameter's type.</typeparam>
    /// <param name="index">Its place, from 0.</param>
    /// <param name="name">The parameter's name, for the message of the exception.</param>
    /// <exception cref="InvalidInputException">It is missing, null, or of a wrong type.</exception>
    public T Required<T>(int index, string name)
    {
        if (index < arguments.GetArrayLength())
        {
            var argument = arguments[index];
            if (typeof(T) == typeof(JsonElement))
            {
                return (T)(object)argument.Clone();
            }
            if (argument.ValueKind != JsonValueKind.Null && Read<T>(argument, index, name) is { } value)
            {
                return value;
            }
        }
        throw new InvalidInputException(Field(index, name), "It is missing, or null.");
    }

    /// <summary>An argument that may be left out, or be null, which is what JavaScript makes of undefined.</summary>
    /// <typeparam name="T">The parameter's type.</typeparam>
    /// <param name="index">Its place, from 0.</param>
    /// <param name="name">The parameter's name, for the message of the exception.</param>
    /// <param name="ifAbsent">What it is then.</param>
    /// <exception cref="InvalidInputException">It is of a wrong type.</exception>
    public T Optional<T>(int index, string name, T ifAbsent) =>
        IsGiven(index) ? Read<T>(arguments[index], index, name) ?? ifAbsent : ifAbsent;

    /// <summary>An argument of a nullable value type.</summary>
    /// <typeparam name="T">The value type.</typeparam>
    /// <param name="index">Its place, from 0.</param>
    /// <param name="name">The parameter's name, for the message of the exception.</param>
    /// <param name="ifAbsent">What it is where it is left out or null.</param>
    /// <exception cref="InvalidInputException">It is of a wrong type.</exception>
    public T? OptionalValue<T>(int index, string name, T? ifAbsent = null)
        where T : struct => IsGiven(index) ? Read<T>(arguments[index], index, name) : ifAbsent;

    /// <summary>Hands over what the method returned.</summary>
    /// <typeparam name="T">The type it declares.</typeparam>
    /// <param name="value">The value.</param>
    public void Return<T>(T value) => Result = JsonSerializer.SerializeToUtf8Bytes(value, EverturnJson.TypeInfo<T>());

    private static T? Read<T>(JsonElement argument, int index, string name)
    {
        var type = EverturnJson.TypeInfo<T>();
        try
        {
            return argument.Deserialize(type);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            var path = exception is JsonException { Path: { Length: > 1 } deeper } ? deeper[1..] : "";
            throw new InvalidInputException(
                $"args[{index}]{path} ({name})",
                "The value is not of the type that the method takes."
            );
        }
    }

    private static string Field(int index, string name) => $"args[{index}] ({name})";

    private bool IsGiven(int index) =>
        index < arguments.GetArrayLength() && arguments[index].ValueKind != JsonValueKind.Null;
}
