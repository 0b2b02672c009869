using System.Text.Json;

namespace Everturn.AspNetCore.Sessions;

/// <summary>What a run begins with.</summary>
public sealed record StartAgentInput
{
    /// <summary>The user's message. Required.</summary>
    public string? Message { get; init; }

    /// <summary>Properties to set in the custom state, a JSON object.</summary>
    public JsonElement? State { get; init; }

    /// <summary>Messages before <see cref="Message"/>: user and system messages.</summary>
    public IReadOnlyList<StartAgentMessage?>? Messages { get; init; }
}
