namespace Everturn.Workflows;

/// <summary>
/// A step failed for good. The same exception is thrown when the step failed just now and when its failure is read
/// from the journal, so that a workflow which catches it always takes the same branch.
/// </summary>
/// <param name="stepName">The step's name.</param>
/// <param name="error">The last attempt's error, as it was stored.</param>
public sealed class StepFailedException(string stepName, InstanceError error)
    : EverturnException((error ?? throw new ArgumentNullException(nameof(error))).Message)
{
    /// <summary>The step's name.</summary>
    public string StepName { get; } = stepName;

    /// <summary>The type name of the exception that the step's callback threw, for example <c>HttpRequestException</c>.</summary>
    public string ErrorName { get; } = error.Name;
}
