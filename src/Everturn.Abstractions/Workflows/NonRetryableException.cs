namespace Everturn.Workflows;

/// <summary>
/// Thrown by a step's callback to fail the step without further retries, and by the step to the workflow when that
/// happened (Cloudflare Workflows, <c>NonRetryableError</c>).
/// </summary>
/// <param name="message">What went wrong; may be empty.</param>
/// <param name="name">The name the error is stored under.</param>
public sealed class NonRetryableException(string message, string name = NonRetryableException.DefaultName)
    : EverturnException(message)
{
    /// <summary>The name of an error that was given none.</summary>
    public const string DefaultName = "NonRetryableError";

    /// <summary>The name the error is stored under.</summary>
    public string Name { get; } = name;
}
