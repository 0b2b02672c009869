namespace Everturn.Workflows;

/// <summary>
/// Undoes a step (Cloudflare Workflows, rollback options). Runs when the instance is about to fail, or is terminated
/// with rollback, for every step that was started, the last one first; it runs at least once and must bear that the
/// step had no effect.
/// </summary>
/// <param name="Handler">Undoes the step. Its token is cancelled when the attempt times out.</param>
public sealed record StepRollback(Func<RollbackContext, CancellationToken, Task> Handler)
{
    /// <summary>Retries of failed attempts. Default: 5, after 10 s, 20 s, 40 s and so on.</summary>
    public RetryOptions Retries { get; init; } = new();

    /// <summary>Time for one attempt, more than zero. Default 10 minutes.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);
}
