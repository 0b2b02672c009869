using System.Text.Json.Serialization;

namespace Everturn.Streaming;

/// <summary>One item of a session's event log (Helix Agents, stream protocol).</summary>
public abstract record StreamChunk
{
    /// <summary>The discriminator, see <see cref="ChunkType"/>.</summary>
    [JsonPropertyOrder(-5)]
    public abstract string Type { get; }

    /// <summary>The run that emitted it.</summary>
    [JsonPropertyOrder(-4)]
    public string AgentId { get; init; } = "";

    /// <summary>The agent that emitted it.</summary>
    [JsonPropertyOrder(-3)]
    public string AgentType { get; init; } = "";

    /// <summary>When, in Unix milliseconds.</summary>
    [JsonPropertyOrder(-2)]
    public long Timestamp { get; init; }

    /// <summary>The run's step, from 1; 0 outside any step.</summary>
    [JsonPropertyOrder(-1)]
    public int Step { get; init; }

    /// <summary>The chunk's number in the stream, from 1; 0 until it is stored. Travels beside the chunk, not in it.</summary>
    [JsonIgnore]
    public long Sequence { get; init; }
}
