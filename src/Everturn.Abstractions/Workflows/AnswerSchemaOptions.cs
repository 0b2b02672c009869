using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace Everturn.Workflows;

/// <summary>How schemas of answers are written: numbers have the bounds of their types, which an answer can easily miss.</summary>
internal static class AnswerSchemaOptions
{
    private static readonly Dictionary<Type, (long Min, long Max)> Bounds = new()
    {
        [typeof(byte)] = (byte.MinValue, byte.MaxValue),
        [typeof(sbyte)] = (sbyte.MinValue, sbyte.MaxValue),
        [typeof(short)] = (short.MinValue, short.MaxValue),
        [typeof(ushort)] = (ushort.MinValue, ushort.MaxValue),
        [typeof(int)] = (int.MinValue, int.MaxValue),
        [typeof(uint)] = (uint.MinValue, uint.MaxValue),
    };

    public static JsonSchemaExporterOptions Exporter { get; } =
        new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = WithBounds };

    private static JsonNode WithBounds(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = context.TypeInfo.Type;
        if (schema is JsonObject number && Bounds.TryGetValue(Nullable.GetUnderlyingType(type) ?? type, out var bounds))
        {
            number["minimum"] = bounds.Min;
            number["maximum"] = bounds.Max;
        }

        return schema;
    }
}
