using System.Text.Json;

namespace Everturn.Cli.Client;

/// <summary>What came out of a stream: a chunk or event, the end, or word that the connection broke and is being mended.</summary>
internal sealed record StreamItem
{
    /// <summary>The chunk or event with its number, as it came.</summary>
    public JsonElement? Event { get; init; }

    /// <summary>The end, as it came.</summary>
    public JsonElement? End { get; init; }

    /// <summary>Why the connection broke.</summary>
    public string? Broken { get; init; }
}
