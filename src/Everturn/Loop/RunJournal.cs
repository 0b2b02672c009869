using Everturn.Sessions;
using Everturn.Storage;

namespace Everturn.Loop;

/// <summary>Writes a run's facts. Every commit carries the run's fence and keeps the execution's records current.</summary>
/// <param name="store">The session store.</param>
/// <param name="execution">The run.</param>
/// <param name="time">The clock.</param>
internal sealed class RunJournal(ISessionStore store, RunExecution execution, TimeProvider time)
{
    /// <summary>A commit of the run without content.</summary>
    public SessionCommit New(CommitKind kind) =>
        new()
        {
            Session = execution.Run.Session,
            Kind = kind,
            At = time.GetUtcNow(),
            RunId = execution.Run.RunId,
            Fence = execution.Fence,
            Step = execution.Step,
        };

    /// <summary>
    /// Stores a commit. False where an unseen command must be obeyed first, or a message that it takes in does not wait
    /// any more; nothing was stored then.
    /// </summary>
    /// <exception cref="OwnershipLostException">Another owner has the run, or it ended without this one.</exception>
    public async ValueTask<bool> TryCommitAsync(SessionCommit commit)
    {
        // No token: what a run has done is recorded even while the host shuts down.
        var result = await store.CommitAsync(commit, CancellationToken.None).ConfigureAwait(false);
        switch (result.Outcome)
        {
            case SessionCommitOutcome.Applied:
                execution.Applied(commit, result);
                return true;
            case SessionCommitOutcome.CommandPending:
                foreach (
                    var command in await store
                        .GetCommandsAsync(
                            commit.Session,
                            execution.Run.RunId,
                            execution.SeenCommandRevision,
                            CancellationToken.None
                        )
                        .ConfigureAwait(false)
                )
                {
                    execution.Obey(command);
                }

                return false;
            case SessionCommitOutcome.NotQueued:
                return false;
            default:
                // The session was deleted, or the run was ended for us: to this owner both are the same.
                throw new OwnershipLostException($"run {execution.Run.RunId} ({result.Outcome})");
        }
    }

    /// <summary>Stores a commit that does not end the run.</summary>
    public async ValueTask CommitAsync(SessionCommit commit)
    {
        if (!await TryCommitAsync(commit).ConfigureAwait(false))
        {
            throw new OwnershipLostException($"run {execution.Run.RunId}");
        }
    }
}
