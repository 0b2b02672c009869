using System.Text.Json;
using System.Text.Json.Serialization;
using Everturn.Agents;

namespace Everturn.Parity.Tests.Hosts;

/// <summary>Custom state: what the tools noted.</summary>
internal sealed record Notes(IReadOnlyList<string> Items)
{
    public static readonly StateKey<Notes> Key = StateKey.Create(ParityJson.Default.Notes, () => new([]));
}

/// <summary>A structured output.</summary>
internal sealed record Report(string Title, int Pages);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Notes))]
[JsonSerializable(typeof(Report))]
internal sealed partial class ParityJson : JsonSerializerContext;
