namespace Everturn.Workflows;

/// <summary>No workflow of this name is registered here, so no instance of it is created. Over HTTP: 404.</summary>
/// <param name="workflowName">The name.</param>
public sealed class WorkflowNotFoundException(string workflowName)
    : EverturnException($"No workflow named \"{workflowName}\" is registered. Register it with AddWorkflow.")
{
    /// <summary>The name.</summary>
    public string WorkflowName { get; } = workflowName;
}
