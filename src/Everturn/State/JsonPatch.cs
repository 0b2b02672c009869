using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Everturn.Streaming;

namespace Everturn.State;

/// <summary>Applies RFC 6902 operations to a mutable document.</summary>
/// <param name="document">The document before the first operation.</param>
internal sealed class JsonPatch(JsonElement document)
{
    private JsonNode? _root = ToNode(document);

    /// <summary>The document as it is now.</summary>
    public JsonElement Document
    {
        get
        {
            if (_root is null)
            {
                return JsonBytes.Parse("null"u8.ToArray());
            }

            var buffer = new System.Buffers.ArrayBufferWriter<byte>(256);
            using (var writer = new Utf8JsonWriter(buffer))
            {
                _root.WriteTo(writer);
            }

            return JsonBytes.Parse(buffer.WrittenMemory);
        }
    }

    /// <summary>Applies one operation.</summary>
    /// <returns>False where its path does not exist; nothing changed then.</returns>
    public bool TryApply(JsonPatchOperation operation)
    {
        var names = JsonPointer.Split(operation.Path);
        if (names.Length == 0)
        {
            _root = operation.Op == "remove" ? null : ToNode(operation.Value);
            return true;
        }

        var parent = _root;
        foreach (var name in names.AsSpan(0, names.Length - 1))
        {
            parent = Child(parent, name);
        }

        return parent switch
        {
            JsonObject target => Apply(target, names[^1], operation),
            JsonArray target => Apply(target, names[^1], operation),
            _ => false,
        };
    }

    private static bool Apply(JsonObject target, string name, JsonPatchOperation operation)
    {
        if (operation.Op == "remove")
        {
            return target.Remove(name);
        }

        if (operation.Op == "replace" && !target.ContainsKey(name))
        {
            return false;
        }

        target[name] = ToNode(operation.Value);
        return true;
    }

    private static bool Apply(JsonArray target, string name, JsonPatchOperation operation)
    {
        if (name == "-" && operation.Op == "add")
        {
            target.Add(ToNode(operation.Value));
            return true;
        }

        if (
            !int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            || index >= target.Count
        )
        {
            return false;
        }

        switch (operation.Op)
        {
            case "remove":
                target.RemoveAt(index);
                return true;
            case "replace":
                target[index] = ToNode(operation.Value);
                return true;
            default:
                target.Insert(index, ToNode(operation.Value));
                return true;
        }
    }

    private static JsonNode? Child(JsonNode? parent, string name) =>
        parent switch
        {
            JsonObject target => target[name],
            JsonArray target
                when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                    && index < target.Count => target[index],
            _ => null,
        };

    private static JsonNode? ToNode(JsonElement? value) =>
        value is not { } element
            ? null
            : element.ValueKind switch
            {
                JsonValueKind.Object => JsonObject.Create(element.Clone()),
                JsonValueKind.Array => JsonArray.Create(element.Clone()),
                JsonValueKind.Null or JsonValueKind.Undefined => null,
                _ => JsonValue.Create(element.Clone()),
            };
}
