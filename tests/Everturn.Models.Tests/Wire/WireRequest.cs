using System.Text.Json;

namespace Everturn.Models.Tests.Wire;

/// <summary>What the server received.</summary>
internal sealed record WireRequest(string Path, IReadOnlyDictionary<string, string> Headers, JsonElement Body);
