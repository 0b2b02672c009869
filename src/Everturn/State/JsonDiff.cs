using System.Text.Json;
using Everturn.Streaming;

namespace Everturn.State;

/// <summary>
/// The difference of two JSON values as RFC 6902 operations. An array that only grew gives appends, so that parallel
/// growth merges; any other change of an array replaces it.
/// </summary>
internal static class JsonDiff
{
    public static IReadOnlyList<JsonPatchOperation> Compute(JsonElement before, JsonElement after)
    {
        var operations = new List<JsonPatchOperation>();
        Compare(before, after, "", operations);
        return operations;
    }

    private static void Compare(JsonElement before, JsonElement after, string path, List<JsonPatchOperation> operations)
    {
        if (JsonElement.DeepEquals(before, after))
        {
            return;
        }

        switch (before.ValueKind, after.ValueKind)
        {
            case (JsonValueKind.Object, JsonValueKind.Object):
                CompareObjects(before, after, path, operations);
                break;
            case (JsonValueKind.Array, JsonValueKind.Array) when IsPrefix(before, after):
                foreach (var item in after.EnumerateArray().Skip(before.GetArrayLength()))
                {
                    operations.Add(new("add", $"{path}/-", item));
                }

                break;
            default:
                operations.Add(new("replace", path, after));
                break;
        }
    }

    private static void CompareObjects(
        JsonElement before,
        JsonElement after,
        string path,
        List<JsonPatchOperation> operations
    )
    {
        foreach (var property in before.EnumerateObject())
        {
            var child = $"{path}/{JsonPointer.Escape(property.Name)}";
            if (after.TryGetProperty(property.Name, out var value))
            {
                Compare(property.Value, value, child, operations);
            }
            else
            {
                operations.Add(new("remove", child));
            }
        }

        foreach (var property in after.EnumerateObject())
        {
            if (!before.TryGetProperty(property.Name, out _))
            {
                operations.Add(new("add", $"{path}/{JsonPointer.Escape(property.Name)}", property.Value));
            }
        }
    }

    private static bool IsPrefix(JsonElement shorter, JsonElement longer) =>
        shorter.GetArrayLength() <= longer.GetArrayLength()
        && shorter
            .EnumerateArray()
            .Zip(longer.EnumerateArray())
            .All(pair => JsonElement.DeepEquals(pair.First, pair.Second));
}
