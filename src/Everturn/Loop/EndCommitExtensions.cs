using Everturn.Sessions;

namespace Everturn.Loop;

/// <summary>Writes the end of a run that nobody executes.</summary>
internal static class EndCommitExtensions
{
    /// <summary>
    /// Commits an end that closes an open step. Where the state that the step comes to is over its limit, it would be refused
    /// each time: then the step's changes are lost with it, since a run has to be able to end.
    /// </summary>
    /// <param name="store">The session store.</param>
    /// <param name="end">The end.</param>
    /// <param name="before">The custom state before it, JSON; empty for none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async ValueTask<SessionCommitResult> CommitEndAsync(
        this ISessionStore store,
        SessionCommit end,
        ReadOnlyMemory<byte> before,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await store.CommitAsync(end, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidInputException) when (end.State is not null)
        {
            var without = end with
            {
                State = null,
                Checkpoint = end.Checkpoint is { } checkpoint ? checkpoint with { State = before } : null,
            };
            return await store.CommitAsync(without, cancellationToken).ConfigureAwait(false);
        }
    }
}
