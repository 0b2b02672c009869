namespace Everturn.Workflows;

/// <summary>What became of the rollback of an instance (Cloudflare Workflows, <c>status().rollback</c>).</summary>
/// <param name="IsComplete">Whether all handlers ran well; if not, the ones after the failed one did not run.</param>
/// <param name="Error">Why it failed.</param>
public sealed record RollbackResult(bool IsComplete, InstanceError? Error = null);
