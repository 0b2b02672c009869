using Everturn.Testing.Workflows.Cases;

namespace Everturn.Testing.Workflows;

/// <summary>
/// The contract of <see cref="Everturn.Workflows.Storage.IWorkflowStore"/> as executable cases, free of any test
/// framework. A store conforms if every case passes on a fresh fixture.
/// </summary>
public static class WorkflowStoreConformance
{
    /// <summary>All cases. Their names are unique.</summary>
    public static IReadOnlyList<WorkflowStoreCase> Cases { get; } =
    [
        .. CreateCases.All,
        .. ClaimCases.All,
        .. CommitCases.All,
        .. EventCases.All,
        .. CallCases.All,
        .. ControlCases.All,
        .. ListCases.All,
        .. PauseCases.All,
        .. RestartCases.All,
        .. OriginCases.All,
    ];

    /// <summary>The case with a name.</summary>
    /// <param name="name">See <see cref="WorkflowStoreCase.Name"/>.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static WorkflowStoreCase Find(string name) =>
        Cases.FirstOrDefault(item => item.Name == name)
        ?? throw new ArgumentException($"There is no case '{name}'.", nameof(name));
}
