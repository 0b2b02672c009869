using System.Text.Json;

namespace Everturn.Cli.Client;

/// <summary>An instance of a workflow, as far as it is shown; its steps are there where one is described.</summary>
internal sealed record InstanceBody
{
    public required string Id { get; init; }

    public required string Workflow { get; init; }

    public required string Status { get; init; }

    public int VersionId { get; init; }

    public required TriggerBody Trigger { get; init; }

    public DateTimeOffset Queued { get; init; }

    public DateTimeOffset? Start { get; init; }

    public DateTimeOffset? End { get; init; }

    public DateTimeOffset? WakeAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public ErrorBody? Error { get; init; }

    public RollbackBody? Rollback { get; init; }

    public JsonElement? Params { get; init; }

    public JsonElement? Output { get; init; }

    // What is absent is set too, to nothing: the serializer sets every property of this kind.
    public IReadOnlyList<StepBody> Steps
    {
        get;
        init => field = value ?? [];
    } = [];

    public IReadOnlyList<PendingEventBody> PendingEvents
    {
        get;
        init => field = value ?? [];
    } = [];

    public DateTimeOffset AsOf { get; init; }
}
