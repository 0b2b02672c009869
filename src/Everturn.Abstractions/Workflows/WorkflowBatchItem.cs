namespace Everturn.Workflows;

/// <summary>One instance of a batch to create.</summary>
/// <param name="Parameters">What the workflow gets as payload.</param>
/// <param name="Id">The id; null for a new one.</param>
/// <typeparam name="TIn">The workflow's parameters.</typeparam>
public sealed record WorkflowBatchItem<TIn>(TIn Parameters, string? Id = null)
{
    /// <summary>How long it is kept when it has ended; null for what its workflow says.</summary>
    public InstanceRetention? Retention { get; init; }
}
