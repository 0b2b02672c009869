namespace Everturn.Workflows;

/// <summary>An instance with the progress of its steps.</summary>
/// <param name="Instance">The instance.</param>
/// <param name="Steps">Its steps so far, in the order in which they were started.</param>
public sealed record InstanceDetails(InstanceSnapshot Instance, IReadOnlyList<StepSnapshot> Steps)
{
    /// <summary>What it was created with, as plain JSON; empty for nothing.</summary>
    public ReadOnlyMemory<byte> ParamsJson { get; init; }

    /// <summary>Events that no wait has received, by number.</summary>
    public IReadOnlyList<PendingEvent> PendingEvents { get; init; } = [];
}
