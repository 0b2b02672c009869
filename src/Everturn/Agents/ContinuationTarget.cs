using Everturn.Sessions;

namespace Everturn.Agents;

/// <summary>A place in a session's past to go on from.</summary>
/// <param name="MessageCount">How many messages the transcript had.</param>
/// <param name="State">The custom state; empty for none.</param>
/// <param name="RunId">The run that began there; null for a checkpoint.</param>
internal sealed record ContinuationTarget(int MessageCount, ReadOnlyMemory<byte> State, string? RunId)
{
    /// <summary>Finds the place that is asked for; null for the end of the transcript.</summary>
    /// <param name="store">The session store.</param>
    /// <param name="continuation">What is asked for.</param>
    /// <param name="run">The session's current run.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="CheckpointNotFoundException">There is no such checkpoint.</exception>
    public static async ValueTask<ContinuationTarget?> FindAsync(
        ISessionStore store,
        Continuation continuation,
        RunRecord run,
        CancellationToken cancellationToken
    ) =>
        continuation.From switch
        {
            ContinuationPoint.End => null,
            ContinuationPoint.Start => await StartAsync(store, continuation, run, cancellationToken)
                .ConfigureAwait(false),
            _ when continuation.CheckpointId is { } id => await CheckpointAsync(
                    store,
                    run.Session,
                    id,
                    cancellationToken
                )
                .ConfigureAwait(false),
            _ => await LastCheckpointAsync(store, run, cancellationToken).ConfigureAwait(false),
        };

    private static async ValueTask<ContinuationTarget> CheckpointAsync(
        ISessionStore store,
        SessionKey key,
        string checkpointId,
        CancellationToken cancellationToken
    )
    {
        var checkpoint = await store.GetCheckpointAsync(key, checkpointId, cancellationToken).ConfigureAwait(false);
        return checkpoint is { IsVoided: false }
            ? Of(checkpoint)
            : throw new CheckpointNotFoundException(key.SessionId, checkpointId, isVoided: checkpoint is not null);
    }

    // A run that committed no step goes on from its input.
    private static async ValueTask<ContinuationTarget> LastCheckpointAsync(
        ISessionStore store,
        RunRecord run,
        CancellationToken cancellationToken
    )
    {
        var newest = await store.ListCheckpointsAsync(run.Session, new(1), cancellationToken).ConfigureAwait(false);
        return newest.Items is [{ IsVoided: false } checkpoint] && checkpoint.RunId == run.RunId
            ? Of(checkpoint)
            : await InputAsync(store, run, isReplaced: false, cancellationToken).ConfigureAwait(false);
    }

    // A retry is another try of its run, so its start is that run's; unless the try was given an input of its own.
    private static async ValueTask<ContinuationTarget> StartAsync(
        ISessionStore store,
        Continuation continuation,
        RunRecord run,
        CancellationToken cancellationToken
    )
    {
        var first = run;
        while (
            first is { Trigger: var trigger, ParentRunId: { } parentId }
            && trigger == RunTrigger.Retry
            && await store.GetRunAsync(run.Session, parentId, cancellationToken).ConfigureAwait(false) is { } parent
            && parent.StartMessageCount < first.StartMessageCount
        )
        {
            first = parent;
        }

        return await InputAsync(store, first, isReplaced: continuation.Messages.Count > 0, cancellationToken)
            .ConfigureAwait(false);
    }

    private static async ValueTask<ContinuationTarget> InputAsync(
        ISessionStore store,
        RunRecord run,
        bool isReplaced,
        CancellationToken cancellationToken
    )
    {
        var state = await store.GetStartStateAsync(run.Session, run.RunId, cancellationToken).ConfigureAwait(false);
        return new(run.StartMessageCount + (isReplaced ? 0 : run.InputMessageCount), state ?? default, run.RunId);
    }

    private static ContinuationTarget Of(CheckpointRecord checkpoint) =>
        new(checkpoint.MessageCount, checkpoint.State, null);
}
