namespace Everturn.Workflows;

/// <summary>A child instance ended without a result: errored, terminated or deleted.</summary>
/// <param name="stepName">The step that awaited it.</param>
/// <param name="error">Its error, as it was stored.</param>
public sealed class ChildFailedException(string stepName, InstanceError error)
    : EverturnException((error ?? throw new ArgumentNullException(nameof(error))).Message)
{
    /// <summary>The step that awaited it.</summary>
    public string StepName { get; } = stepName;

    /// <summary>The name of the child's error; <c>Terminated</c> or <c>Deleted</c> if it was.</summary>
    public string ErrorName { get; } = error.Name;
}
