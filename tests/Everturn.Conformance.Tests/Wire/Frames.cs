using System.Text.Json.Nodes;

namespace Everturn.Conformance.Tests.Wire;

/// <summary>Reads frames in tests.</summary>
internal static class Frames
{
    public static string Type(this JsonNode frame) => (string)frame["type"]!;

    public static string State(this JsonNode frame) => frame["state"]?.ToJsonString() ?? "null";

    public static string NewName() => "raw-" + ServerId.New(TimeProvider.System);
}
