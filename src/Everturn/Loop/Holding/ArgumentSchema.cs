using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Everturn.Loop.Holding;

/// <summary>
/// Whether arguments fit a tool's JSON schema: the keywords that schemas of .NET types and of MCP servers have. Keywords
/// that it does not know say nothing. Pure.
/// </summary>
internal static class ArgumentSchema
{
    private const int MaxDepth = 64;

    private static readonly TimeSpan PatternTimeout = TimeSpan.FromMilliseconds(100);

    /// <summary>What does not fit, with the place of it; null where everything does.</summary>
    public static string? Misfit(JsonElement schema, JsonElement arguments) =>
        arguments.ValueKind != JsonValueKind.Object
            ? "arguments is a JSON object"
            : Check(schema, schema, arguments, "arguments", 0);

    /// <summary>As <see cref="Misfit"/>, for any JSON.</summary>
    public static string? ResultMisfit(JsonElement schema, JsonElement result) =>
        Check(schema, schema, result, "result", 0);

    private static string? Check(JsonElement root, JsonElement schema, JsonElement value, string path, int depth)
    {
        if (depth > MaxDepth)
        {
            return $"{path} is nested too deep";
        }

        if (schema.ValueKind != JsonValueKind.Object)
        {
            return schema.ValueKind == JsonValueKind.False ? $"{path} is not allowed" : null;
        }

        if (schema.TryGetProperty("$ref", out var reference))
        {
            return Resolve(root, reference.GetString()) is { } target
                ? Check(root, target, value, path, depth + 1)
                : null;
        }

        return TypeMisfit(schema, value, path)
            ?? ValueMisfit(schema, value, path)
            ?? CombinedMisfit(root, schema, value, path, depth)
            ?? value.ValueKind switch
            {
                JsonValueKind.Object => ObjectMisfit(root, schema, value, path, depth),
                JsonValueKind.Array => ArrayMisfit(root, schema, value, path, depth),
                JsonValueKind.String => TextMisfit(schema, value.GetString()!, path),
                JsonValueKind.Number => NumberMisfit(schema, value, path),
                _ => null,
            };
    }

    private static string? TypeMisfit(JsonElement schema, JsonElement value, string path)
    {
        if (!schema.TryGetProperty("type", out var type))
        {
            return null;
        }

        var names =
            type.ValueKind == JsonValueKind.Array
                ? type.EnumerateArray().Select(each => each.GetString()).ToList()
                : [type.GetString()];
        return names.Any(name => Is(value, name)) ? null : $"{path} must be {string.Join(" or ", names)}";
    }

    private static bool Is(JsonElement value, string? type) =>
        type switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "number" => value.ValueKind == JsonValueKind.Number,
            "integer" => value.ValueKind == JsonValueKind.Number
                && (value.TryGetInt64(out _) || (value.TryGetDouble(out var number) && number % 1 == 0)),
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "null" => value.ValueKind == JsonValueKind.Null,
            _ => true,
        };

    private static string? ValueMisfit(JsonElement schema, JsonElement value, string path)
    {
        if (
            schema.TryGetProperty("enum", out var allowed)
            && !allowed.EnumerateArray().Any(each => JsonElement.DeepEquals(each, value))
        )
        {
            return $"{path} must be one of {allowed.GetRawText()}";
        }

        return schema.TryGetProperty("const", out var only) && !JsonElement.DeepEquals(only, value)
            ? $"{path} must be {only.GetRawText()}"
            : null;
    }

    private static string? CombinedMisfit(
        JsonElement root,
        JsonElement schema,
        JsonElement value,
        string path,
        int depth
    )
    {
        if (schema.TryGetProperty("allOf", out var all))
        {
            foreach (var each in all.EnumerateArray())
            {
                if (Check(root, each, value, path, depth + 1) is { } misfit)
                {
                    return misfit;
                }
            }
        }

        if (schema.TryGetProperty("anyOf", out var any) && Fitting(any) == 0)
        {
            return $"{path} fits none of its alternatives";
        }

        return schema.TryGetProperty("oneOf", out var one) && Fitting(one) != 1
            ? $"{path} must fit one of its alternatives"
            : null;

        int Fitting(JsonElement alternatives) =>
            alternatives.EnumerateArray().Count(each => Check(root, each, value, path, depth + 1) is null);
    }

    private static string? ObjectMisfit(JsonElement root, JsonElement schema, JsonElement value, string path, int depth)
    {
        if (schema.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray())
            {
                if (!value.TryGetProperty(name.GetString()!, out _))
                {
                    return $"{path}.{name.GetString()} is required";
                }
            }
        }

        var isKnown = schema.TryGetProperty("properties", out var properties);
        var hasRest = schema.TryGetProperty("additionalProperties", out var rest);
        foreach (var property in value.EnumerateObject())
        {
            var place = $"{path}.{property.Name}";
            if (isKnown && properties.TryGetProperty(property.Name, out var known))
            {
                if (Check(root, known, property.Value, place, depth + 1) is { } misfit)
                {
                    return misfit;
                }
            }
            else if (hasRest && Check(root, rest, property.Value, place, depth + 1) is { } misfit)
            {
                return misfit;
            }
        }

        return null;
    }

    private static string? ArrayMisfit(JsonElement root, JsonElement schema, JsonElement value, string path, int depth)
    {
        var count = value.GetArrayLength();
        if (Bound(schema, "minItems") is { } min && count < min)
        {
            return $"{path} has at least {min} items";
        }

        if (Bound(schema, "maxItems") is { } max && count > max)
        {
            return $"{path} has at most {max} items";
        }

        if (!schema.TryGetProperty("items", out var items))
        {
            return null;
        }

        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (Check(root, items, item, $"{path}[{index++}]", depth + 1) is { } misfit)
            {
                return misfit;
            }
        }

        return null;
    }

    private static string? TextMisfit(JsonElement schema, string text, string path)
    {
        var length = new StringInfo(text).LengthInTextElements;
        if (Bound(schema, "minLength") is { } min && length < min)
        {
            return $"{path} has at least {min} characters";
        }

        if (Bound(schema, "maxLength") is { } max && length > max)
        {
            return $"{path} has at most {max} characters";
        }

        return schema.TryGetProperty("pattern", out var pattern) && !Matches(text, pattern.GetString()!)
            ? $"{path} must match {pattern.GetString()}"
            : null;
    }

    // A pattern that this engine does not know, or that takes too long, says nothing.
    private static bool Matches(string text, string pattern)
    {
        try
        {
            return Regex.IsMatch(text, pattern, RegexOptions.ECMAScript, PatternTimeout);
        }
        catch (Exception exception) when (exception is ArgumentException or RegexMatchTimeoutException)
        {
            return true;
        }
    }

    private static string? NumberMisfit(JsonElement schema, JsonElement value, string path)
    {
        var number = value.GetDouble();
        return Bound(schema, "minimum") is { } min && number < min ? $"{path} is at least {min}"
            : Bound(schema, "maximum") is { } max && number > max ? $"{path} is at most {max}"
            : Bound(schema, "exclusiveMinimum") is { } above && number <= above ? $"{path} is more than {above}"
            : Bound(schema, "exclusiveMaximum") is { } below && number >= below ? $"{path} is less than {below}"
            : null;
    }

    private static double? Bound(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var bound) && bound.ValueKind == JsonValueKind.Number
            ? bound.GetDouble()
            : null;

    // Only places in the same document: "#", "#/$defs/address".
    private static JsonElement? Resolve(JsonElement root, string? reference)
    {
        if (reference is null || !reference.StartsWith('#'))
        {
            return null;
        }

        var target = root;
        foreach (var part in reference[1..].Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = Uri.UnescapeDataString(part)
                .Replace("~1", "/", StringComparison.Ordinal)
                .Replace("~0", "~", StringComparison.Ordinal);
            if (
                target.ValueKind == JsonValueKind.Array
                && int.TryParse(name, CultureInfo.InvariantCulture, out var index)
            )
            {
                if (index < 0 || index >= target.GetArrayLength())
                {
                    return null;
                }

                target = target[index];
            }
            else if (target.ValueKind != JsonValueKind.Object || !target.TryGetProperty(name, out target))
            {
                return null;
            }
        }

        return target;
    }
}
