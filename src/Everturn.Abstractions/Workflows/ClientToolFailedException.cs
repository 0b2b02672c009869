namespace Everturn.Workflows;

/// <summary>A client answered a workflow's request with an error instead of a result.</summary>
/// <param name="stepName">The step that asked.</param>
/// <param name="message">What the client said.</param>
public sealed class ClientToolFailedException(string stepName, string message) : EverturnException(message)
{
    /// <summary>The name the error is stored under.</summary>
    public const string StoredName = "ClientToolError";

    /// <summary>The step that asked.</summary>
    public string StepName { get; } = stepName;
}
