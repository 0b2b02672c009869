namespace Everturn.Workflows;

/// <summary>The instance asked for more steps than its workflow allows.</summary>
/// <param name="limit">See <see cref="WorkflowDefinitionOptions.StepLimit"/>.</param>
public sealed class StepLimitExceededException(int limit)
    : EverturnException(
        $"The limit of {limit} steps has been reached. This limit can be changed in the workflow's options (StepLimit)."
    )
{
    /// <summary>See <see cref="WorkflowDefinitionOptions.StepLimit"/>.</summary>
    public int Limit { get; } = limit;
}
