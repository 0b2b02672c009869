namespace Everturn.Testing.Workflows;

/// <summary>One named expectation of the workflow store's contract.</summary>
/// <param name="Name">A sentence.</param>
/// <param name="RunAsync">Runs it on a fresh store. Throws <see cref="ConformanceException"/> where it does not hold.</param>
public sealed record WorkflowStoreCase(string Name, Func<WorkflowStoreFixture, Task> RunAsync)
{
    /// <inheritdoc />
    public override string ToString() => Name;
}
