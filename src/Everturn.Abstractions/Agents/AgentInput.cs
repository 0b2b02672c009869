using System.Text.Json;
using Everturn.Sessions;

namespace Everturn.Agents;

/// <summary>What a run begins with. A string is a message.</summary>
public sealed record AgentInput
{
    /// <summary>The user's message.</summary>
    public string? Message { get; init; }

    /// <summary>Further messages, before <see cref="Message"/>: user and system messages only.</summary>
    public IReadOnlyList<AgentMessage>? Messages { get; init; }

    /// <summary>Properties to set in the custom state, a JSON object.</summary>
    public JsonElement? State { get; init; }

    /// <summary>An input of one message.</summary>
    /// <param name="message">The user's message.</param>
    public static implicit operator AgentInput(string message) => new() { Message = message };

    /// <summary>An input of one message; the named form of the conversion.</summary>
    /// <param name="message">The user's message.</param>
    public static AgentInput FromString(string message) => message;
}
