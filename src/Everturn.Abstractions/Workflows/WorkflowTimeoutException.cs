namespace Everturn.Workflows;

/// <summary>An attempt of a step, or a wait for an event, took longer than allowed.</summary>
/// <param name="message">Which time was exceeded, in milliseconds.</param>
public sealed class WorkflowTimeoutException(string message) : EverturnException(message)
{
    /// <summary>The name the error is stored under (Cloudflare Workflows).</summary>
    public const string StoredName = "WorkflowTimeoutError";
}
