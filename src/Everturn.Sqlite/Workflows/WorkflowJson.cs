using System.Text.Json;
using System.Text.Json.Serialization;
using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Sqlite.Workflows;

/// <summary>The JSON columns of the workflow store.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(LogRow[]))]
[JsonSerializable(typeof(OriginRow))]
[JsonSerializable(typeof(StepConfig))]
[JsonSerializable(typeof(RollbackResult))]
internal sealed partial class WorkflowJson : JsonSerializerContext
{
    public static IReadOnlyList<LogEntry> Log(ReadOnlySpan<byte> json) =>
        [.. JsonSerializer.Deserialize(json, Default.LogRowArray)!.Select(row => row.ToEntry())];

    public static string? Text(InstanceOrigin? origin) =>
        origin is null ? null : JsonSerializer.Serialize(Workflows.OriginRow.Of(origin), Default.OriginRow);

    public static InstanceOrigin? Origin(string? json) =>
        json is null ? null : JsonSerializer.Deserialize(json, Default.OriginRow)!.ToOrigin();

    public static string? Text(StepConfig? config) =>
        config is null ? null : JsonSerializer.Serialize(config, Default.StepConfig);

    public static StepConfig? Config(string? json) =>
        json is null ? null : JsonSerializer.Deserialize(json, Default.StepConfig);

    public static string? Text(RollbackResult? rollback) =>
        rollback is null ? null : JsonSerializer.Serialize(rollback, Default.RollbackResult);

    public static RollbackResult? Rollback(string? json) =>
        json is null ? null : JsonSerializer.Deserialize(json, Default.RollbackResult);
}
