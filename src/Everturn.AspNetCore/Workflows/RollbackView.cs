using Everturn.Workflows;

namespace Everturn.AspNetCore.Workflows;

/// <summary>What became of a rollback.</summary>
/// <param name="Outcome"><c>complete</c> or <c>failed</c>.</param>
/// <param name="Error">Why it failed.</param>
public sealed record RollbackView(string Outcome, InstanceError? Error)
{
    internal static RollbackView? Of(RollbackResult? rollback) =>
        rollback is null ? null : new(rollback.IsComplete ? "complete" : "failed", rollback.Error);
}
