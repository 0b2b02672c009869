using System.Text.Json;

namespace Everturn.Sessions.Storage;

/// <summary>The part of a waiting message that its row does not have as columns.</summary>
internal sealed record QueuedContent
{
    public IReadOnlyList<AgentMessage> Messages { get; init; } = [];

    public JsonElement? State { get; init; }
}
