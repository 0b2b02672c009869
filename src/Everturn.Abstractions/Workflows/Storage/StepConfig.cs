namespace Everturn.Workflows.Storage;

/// <summary>Options of a step as they were when it was first recorded: they win over those of later code.</summary>
/// <param name="Limit">Retries after the first attempt.</param>
/// <param name="DelayMs">The base of the wait before a retry; null if the code computes it.</param>
/// <param name="Backoff">How the wait grows.</param>
/// <param name="TimeoutMs">Time for one attempt.</param>
public sealed record StepConfig(int Limit, double? DelayMs, Backoff Backoff, double TimeoutMs);
