using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Everturn.Sessions;
using Everturn.Sessions.Storage;
using Everturn.State;

namespace Everturn.Agents;

/// <summary>What a run begins with: checked, as messages, and as the hash that tells requests apart.</summary>
internal static class RunInput
{
    private const int TitleLength = 80;

    /// <exception cref="InvalidInputException">Something is not acceptable.</exception>
    public static void Check(AgentInput input, ExecuteOptions options)
    {
        if (options.SessionId is { } sessionId)
        {
            Identifiers.CheckSessionId(sessionId, "sessionId");
        }

        if (options.RequestId is { } requestId)
        {
            Identifiers.CheckRequestId(requestId, "requestId");
        }

        if (string.IsNullOrEmpty(input.Message) && input.Messages is not { Count: > 0 })
        {
            throw new InvalidInputException("input.message", "A run begins with a message.");
        }

        CheckRoles(input.Messages, "input.messages");
        if (!DoubleTexting.All.Contains(options.DoubleTexting))
        {
            throw new InvalidInputException("doubleTexting", $"It is one of {string.Join(", ", DoubleTexting.All)}.");
        }
    }

    /// <exception cref="InvalidInputException">A message is neither a user's nor the system's.</exception>
    public static void CheckRoles(IReadOnlyList<AgentMessage>? messages, string field)
    {
        for (var index = 0; index < messages?.Count; index++)
        {
            var role = messages[index].Role;
            if (role != MessageRole.User && role != MessageRole.System)
            {
                throw new InvalidInputException(
                    $"{field}[{index}].role",
                    "Only user and system messages are accepted."
                );
            }
        }
    }

    public static IReadOnlyList<AgentMessage> Messages(AgentInput input, string runId, DateTimeOffset at)
    {
        var messages = new List<AgentMessage>((input.Messages?.Count ?? 0) + 1);
        foreach (var message in input.Messages ?? [])
        {
            messages.Add(message with { RunId = runId, CreatedAt = at });
        }

        if (!string.IsNullOrEmpty(input.Message))
        {
            messages.Add(AgentMessage.FromUser(input.Message) with { RunId = runId, CreatedAt = at });
        }

        return messages;
    }

    /// <summary>A short name for lists: the beginning of the first message, on one line.</summary>
    public static string? Title(AgentInput input)
    {
        var text =
            input.Message ?? input.Messages?.FirstOrDefault(message => message.Role == MessageRole.User)?.Content;
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var line = text.AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        line = end < 0 ? line : line[..end].TrimEnd();
        if (line.Length <= TitleLength)
        {
            return line.ToString();
        }

        var length = char.IsHighSurrogate(line[TitleLength - 2]) ? TitleLength - 2 : TitleLength - 1;
        return $"{line[..length].TrimEnd()}…";
    }

    /// <summary>The same for the same request, whatever the order in which tags and metadata are given.</summary>
    public static string Hash(AgentDefinition agent, AgentInput input, ExecuteOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            writer.WriteStringValue(agent.Name);
            writer.WriteStringValue(options.UserId);
            foreach (var tag in (options.Tags ?? []).Order(StringComparer.Ordinal))
            {
                writer.WriteStringValue(tag);
            }

            writer.WriteStartObject();
            foreach (
                var (name, value) in (options.Metadata ?? EmptyMetadata).OrderBy(
                    pair => pair.Key,
                    StringComparer.Ordinal
                )
            )
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
            if (options.DoubleTexting != DoubleTexting.Reject)
            {
                writer.WriteStringValue(options.DoubleTexting.Value);
            }

            input.State?.WriteTo(writer);
            foreach (var message in Messages(input, "", default))
            {
                writer.WriteRawValue(
                    JsonSerializer.SerializeToUtf8Bytes(message, SessionJsonContext.Stored.AgentMessage)
                );
            }

            writer.WriteEndArray();
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }

    /// <summary>The state with the properties of a change in place of its own.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="state">Its custom state, JSON; empty for the initial one.</param>
    /// <param name="change">What changes.</param>
    /// <param name="field">Where the change was given.</param>
    /// <exception cref="InvalidInputException">It is no change of the agent's state, or the result is not one.</exception>
    public static ReadOnlyMemory<byte> Merge(
        AgentDefinition agent,
        ReadOnlyMemory<byte> state,
        JsonElement change,
        string field
    )
    {
        CheckState(agent, change, field);
        var patch = new JsonPatch(state.IsEmpty ? agent.State!.Initial() : JsonBytes.Parse(state));
        foreach (var property in change.EnumerateObject())
        {
            patch.TryApply(new("add", $"/{JsonPointer.Escape(property.Name)}", property.Value));
        }

        var merged = patch.Document;
        try
        {
            merged.Deserialize(agent.State!.Type);
        }
        catch (JsonException exception)
        {
            throw new InvalidInputException(field, exception.Message);
        }

        return JsonBytes.Write(merged);
    }

    private static readonly Dictionary<string, string> EmptyMetadata = [];

    /// <exception cref="InvalidInputException">It is no change of a state that the agent has.</exception>
    public static void CheckState(AgentDefinition agent, JsonElement state, string field)
    {
        if (state.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidInputException(field, "It is a JSON object.");
        }

        if (agent.State is null)
        {
            throw new InvalidInputException(field, $"Agent '{agent.Name}' has no custom state.");
        }
    }
}
