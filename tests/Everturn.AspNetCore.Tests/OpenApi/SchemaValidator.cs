using System.Text.Json;

namespace Everturn.AspNetCore.Tests;

/// <summary>
/// Holds values against the schemas of an OpenAPI document, as far as that document uses the language. Stricter than
/// the language in one point: a property that the schema does not name is a fault.
/// </summary>
internal sealed class SchemaValidator(JsonElement document)
{
    /// <summary>What is wrong with a value; empty where it fits.</summary>
    public IReadOnlyList<string> Check(JsonElement schema, JsonElement value)
    {
        var faults = new List<string>();
        Check(schema, value, "$", faults);
        return faults;
    }

    public JsonElement Resolve(JsonElement schema)
    {
        while (schema.TryGetProperty("$ref", out var reference))
        {
            var place = document;
            foreach (var part in reference.GetString()!.TrimStart('#', '/').Split('/'))
            {
                place = place.GetProperty(part);
            }
            schema = place;
        }
        return schema;
    }

    private void Check(JsonElement schema, JsonElement value, string path, List<string> faults)
    {
        schema = Resolve(schema);
        if (schema.TryGetProperty("oneOf", out var kinds))
        {
            var fitting = kinds.EnumerateArray().Count(kind => Check(kind, value).Count == 0);
            if (fitting != 1)
            {
                faults.Add($"{path}: fits {fitting} of the kinds: {value.GetRawText()}");
            }
            return;
        }
        if (schema.TryGetProperty("type", out var type) && !HasType(type, value))
        {
            faults.Add($"{path}: {value.ValueKind} is not {type.GetRawText()}");
            return;
        }
        if (schema.TryGetProperty("const", out var constant) && !JsonElement.DeepEquals(constant, value))
        {
            faults.Add($"{path}: {value.GetRawText()} is not {constant.GetRawText()}");
        }
        if (schema.TryGetProperty("format", out var format) && format.GetString() == "date-time")
        {
            if (!value.TryGetDateTimeOffset(out _))
            {
                faults.Add($"{path}: {value.GetRawText()} is no time");
            }
        }
        if (value.ValueKind == JsonValueKind.Object)
        {
            CheckObject(schema, value, path, faults);
        }
        else if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
        {
            var index = 0;
            foreach (var item in value.EnumerateArray())
            {
                Check(items, item, $"{path}[{index++}]", faults);
            }
        }
    }

    private void CheckObject(JsonElement schema, JsonElement value, string path, List<string> faults)
    {
        if (schema.TryGetProperty("required", out var required))
        {
            faults.AddRange(
                required
                    .EnumerateArray()
                    .Where(name => !value.TryGetProperty(name.GetString()!, out _))
                    .Select(name => $"{path}: {name} is missing")
            );
        }
        var hasNames = schema.TryGetProperty("properties", out var properties);
        var hasOthers = schema.TryGetProperty("additionalProperties", out var others);
        foreach (var property in value.EnumerateObject())
        {
            if (hasNames && properties.TryGetProperty(property.Name, out var known))
            {
                Check(known, property.Value, $"{path}.{property.Name}", faults);
            }
            else if (hasOthers && others.ValueKind == JsonValueKind.Object)
            {
                Check(others, property.Value, $"{path}.{property.Name}", faults);
            }
            else if (hasNames)
            {
                faults.Add($"{path}: {property.Name} is not in the schema");
            }
        }
    }

    private static bool HasType(JsonElement type, JsonElement value) =>
        type.ValueKind == JsonValueKind.Array
            ? type.EnumerateArray().Any(one => HasType(one, value))
            : type.GetString() switch
            {
                "object" => value.ValueKind == JsonValueKind.Object,
                "array" => value.ValueKind == JsonValueKind.Array,
                "string" => value.ValueKind == JsonValueKind.String,
                "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
                "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
                "number" => value.ValueKind == JsonValueKind.Number,
                "null" => value.ValueKind == JsonValueKind.Null,
                _ => false,
            };
}
