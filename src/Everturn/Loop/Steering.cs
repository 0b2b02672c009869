using Everturn.Agents;
using Everturn.Agents.Queue;
using Everturn.Sessions;
using Everturn.State;
using Everturn.Storage;

namespace Everturn.Loop;

/// <summary>Lets messages join a run between two model calls.</summary>
/// <param name="store">Has what waits.</param>
/// <param name="time">The clock.</param>
internal sealed class Steering(ISessionStore store, TimeProvider time)
{
    /// <summary>Takes in what steers the run's turn, in one commit.</summary>
    public async Task JoinAsync(RunExecution execution, RunJournal journal)
    {
        while (execution.QueuedRuns > 0)
        {
            var queue = await store.GetQueueAsync(execution.Run.Session, CancellationToken.None).ConfigureAwait(false);
            var joining = queue.Where(queued => Steers(queued, execution)).ToList();
            // A run that is about to make room takes in nothing more: it might be rolled back.
            if (joining.Count == 0 || queue[0].Policy.Supersedes)
            {
                return;
            }

            var (commit, refused) = Commit(execution, journal, joining);
            if (refused is not null)
            {
                commit = journal.New(CommitKind.RunQueue) with { Settled = [refused] };
            }

            // Refused where one was withdrawn in the meantime.
            if (await journal.TryCommitAsync(commit).ConfigureAwait(false) && refused is null)
            {
                return;
            }
        }
    }

    private static bool Steers(QueuedRun queued, RunExecution execution) =>
        queued.Policy == DoubleTexting.Steer && queued.TargetTurn == execution.Run.Turn;

    private (SessionCommit Commit, QueueSettlement? Refused) Commit(
        RunExecution execution,
        RunJournal journal,
        IReadOnlyList<QueuedRun> joining
    )
    {
        var commit = journal.New(CommitKind.RunSteer);
        var state = JsonBytes.Write(execution.Conversation.State);
        ReadOnlyMemory<byte>? changed = null;
        foreach (var queued in joining)
        {
            try
            {
                changed = QueuedInput.State(queued, execution.Agent, changed ?? state) ?? changed;
            }
            catch (InvalidInputException exception)
            {
                return (commit, new(queued.RunId, RunStatus.Failed, RunReason.InvalidInput, exception.Message));
            }
        }

        var run = execution.Run.RunId;
        return (
            commit with
            {
                State = changed,
                Messages = [.. joining.SelectMany(queued => QueuedInput.Messages(queued, run, time.GetUtcNow()))],
                Chunks = [.. joining.Select(queued => execution.Chunks.RunSteered(queued.RunId))],
                Settled = [.. joining.Select(queued => new QueueSettlement(queued.RunId, RunStatus.Joined))],
            },
            null
        );
    }
}
