namespace Everturn.Workflows;

/// <summary>How an instance is ended (Cloudflare Workflows, <c>terminate</c>).</summary>
public sealed record TerminateOptions
{
    /// <summary>
    /// Runs the rollback handlers of its steps before it ends: it is <c>running</c> meanwhile. Default false: it has
    /// ended when the call returns.
    /// </summary>
    public bool Rollback { get; init; }
}
