namespace Everturn.AspNetCore.Workflows;

/// <summary>The workflows of a host.</summary>
/// <param name="Workflows">The workflows, by name.</param>
public sealed record WorkflowsResponse(IReadOnlyList<WorkflowView> Workflows);
