using System.Text.Json;
using System.Text.Json.Serialization;
using Everturn.Workflows.Storage;

namespace Everturn.Workflows;

/// <summary>How a child ended, as its parent is told.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Error">Its error, if it has no output.</param>
/// <param name="Output">Its output as JSON text.</param>
internal sealed record ChildNotice(
    string Status,
    InstanceError? Error,
    [property: JsonConverter(typeof(RawJsonConverter))] ReadOnlyMemory<byte> Output
)
{
    /// <summary>No event that users can send has such a type.</summary>
    public const string EventPrefix = "child:";

    public static string EventType(string childId) => EventPrefix + childId;

    /// <summary>The event for the parent of an instance that ends; null if it has none.</summary>
    public static NewEvent? For(
        InstanceRecord child,
        InstanceStatus status,
        ReadOnlyMemory<byte> output,
        InstanceError? error,
        DateTimeOffset at
    ) =>
        child.Origin is { Parent: { } parent, ParentEvent: { } type }
            ? new NewEvent(parent, type, Of(status, output, error).Encode(), at)
            : null;

    public static ChildNotice Of(InstanceStatus status, ReadOnlyMemory<byte> output, InstanceError? error) =>
        new(
            status.Value,
            status == InstanceStatus.Complete
                ? null
                : error ?? new InstanceError("Terminated", "The child instance was terminated."),
            output
        );

    public static ChildNotice Deleted { get; } =
        new("deleted", new InstanceError("Deleted", "The child instance was deleted."), default);

    public static ChildNotice Read(Everturn.Storage.Payload payload) =>
        JsonSerializer.Deserialize(WorkflowPayloads.Decode(payload).Span, WorkflowEngineJson.Default.ChildNotice)!;

    public Everturn.Storage.Payload Encode() =>
        WorkflowPayloads.Encode(JsonSerializer.SerializeToUtf8Bytes(this, WorkflowEngineJson.Default.ChildNotice));
}
