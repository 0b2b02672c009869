using System.Diagnostics.CodeAnalysis;
using Everturn.Workflows;

namespace Everturn.AspNetCore.Workflows;

/// <summary>An instance, as lists and changes give it.</summary>
public record InstanceView
{
    /// <summary>For the serializer.</summary>
    public InstanceView() { }

    /// <summary>An instance as it is.</summary>
    [SetsRequiredMembers]
    internal InstanceView(InstanceSnapshot instance)
    {
        Id = instance.Key.Id;
        Workflow = instance.Key.Workflow;
        Status = instance.Status;
        VersionId = instance.DefinitionVersion;
        Trigger = InstanceTriggerView.Of(instance);
        Queued = instance.CreatedAt;
        Start = instance.StartedAt;
        End = instance.EndedAt;
        PausedAt = instance.PausedAt;
        WakeAt = instance.WakeAt;
        ExpiresAt = instance.ExpiresAt;
        Success = instance.Status.IsTerminal ? instance.Status == InstanceStatus.Complete : null;
        Error = instance.Error;
        Rollback = RollbackView.Of(instance.Rollback);
    }

    /// <summary>Its id, unique within the workflow.</summary>
    public required string Id { get; init; }

    /// <summary>The workflow's name.</summary>
    public required string Workflow { get; init; }

    /// <summary>
    /// <c>queued</c>, <c>running</c>, <c>waiting</c>, <c>waitingForPause</c>, <c>paused</c>, <c>complete</c>,
    /// <c>errored</c> or <c>terminated</c>.
    /// </summary>
    public required InstanceStatus Status { get; init; }

    /// <summary>The version of the definition it was created with.</summary>
    public required int VersionId { get; init; }

    /// <summary>What created it.</summary>
    public required InstanceTriggerView Trigger { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset Queued { get; init; }

    /// <summary>When it was first executed.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>When it was paused, while it is.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>When it goes on by itself: a sleep or retry that is due, or the timeout of a wait.</summary>
    public DateTimeOffset? WakeAt { get; init; }

    /// <summary>When it is removed; absent before it ended, and for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whether it ended with a result; absent before it ended.</summary>
    public bool? Success { get; init; }

    /// <summary>Its error, if it errored, or why it is paused, if its journal does not fit the code.</summary>
    public InstanceError? Error { get; init; }

    /// <summary>What became of its rollback; absent if there was none.</summary>
    public RollbackView? Rollback { get; init; }
}
