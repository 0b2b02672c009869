using Everturn.Runtimes;
using Everturn.Sessions;
using Microsoft.Extensions.Logging;

namespace Everturn.Agents.Queue;

/// <summary>
/// Does what is due for the first of the messages that wait in a session: stops the run that it supersedes, or begins
/// its own once nothing is in its way. It decides from what is stored alone, so any process may do it, any number of
/// times, and go on where another one died.
/// </summary>
/// <param name="store">The session store.</param>
/// <param name="registry">The agents that this process knows.</param>
/// <param name="agents">Finds definitions.</param>
/// <param name="acceptance">Commits the run.</param>
/// <param name="control">Stops runs.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Hears of messages that cannot begin.</param>
internal sealed class QueueAdvancer(
    ISessionStore store,
    AgentRegistry registry,
    RunAgents agents,
    RunAcceptance acceptance,
    RunControl control,
    TimeProvider time,
    ILogger<QueueAdvancer> logger
)
{
    /// <summary>Does what can be done now.</summary>
    public async Task AdvanceAsync(SessionKey key, CancellationToken cancellationToken)
    {
        while (await StepAsync(key, cancellationToken).ConfigureAwait(false)) { }
    }

    /// <returns>Whether there may be more to do.</returns>
    private async Task<bool> StepAsync(SessionKey key, CancellationToken cancellationToken)
    {
        var snapshot = await store.GetSnapshotAsync(key, 0, cancellationToken).ConfigureAwait(false);
        if (snapshot is not { Session.QueuedRuns: > 0, Run: { } run } || !registry.Has(run.AgentType))
        {
            return false;
        }

        var queue = await store.GetQueueAsync(key, cancellationToken).ConfigureAwait(false);
        if (queue.Count == 0)
        {
            return false;
        }

        var first = queue[0];
        if (!run.Status.IsEnded || run.Status.IsSuspended)
        {
            return first.Policy.Supersedes && await StopAsync(run, first, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            await BeginAsync(snapshot, first, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidInputException exception)
        {
            // It would be refused again, and hold up those behind it.
            RuntimeLog.QueuedRefused(logger, first.RunId, key.ToString(), exception);
            await control
                .WithdrawAsync(
                    key,
                    new(first.RunId, RunStatus.Failed, RunReason.InvalidInput, exception.Message),
                    cancellationToken
                )
                .ConfigureAwait(false);
        }

        return true;
    }

    /// <returns>Whether the run is out of the way.</returns>
    private async Task<bool> StopAsync(RunRecord run, QueuedRun first, CancellationToken cancellationToken)
    {
        if (!run.Status.IsEnded)
        {
            var commands = await store
                .GetCommandsAsync(run.Session, run.RunId, 0, cancellationToken)
                .ConfigureAwait(false);
            if (commands.Any(command => command.Kind == CommandKind.Interrupt || command.Kind == CommandKind.Abort))
            {
                return false;
            }
        }

        var reason = first.Policy == DoubleTexting.Rollback ? RunReason.RolledBack : RunReason.Superseded;
        var stopped = await control
            .StopAsync(run.Session, run.RunId, CommandKind.Interrupt, reason, cancellationToken)
            .ConfigureAwait(false);
        return stopped.Status.IsEnded;
    }

    private async Task BeginAsync(SessionSnapshot snapshot, QueuedRun queued, CancellationToken cancellationToken)
    {
        var key = snapshot.Session.Key;
        var agent = await agents
            .ResolveAsync(
                snapshot.Session.AgentType,
                given: null,
                key,
                queued.RunId,
                snapshot.Session.UserId,
                cancellationToken
            )
            .ConfigureAwait(false);
        var asked = await ResumeRules.AskedAsync(store, snapshot.Run, cancellationToken).ConfigureAwait(false);
        var start = new QueuedStart(snapshot, agent, queued, asked, time)
        {
            Target =
                queued.Policy == DoubleTexting.Rollback
                    ? await RollbackTarget
                        .FindAsync(store, snapshot, queued.TargetRunId, cancellationToken)
                        .ConfigureAwait(false)
                    : null,
        };
        // Refused where somebody was faster; what there is to do is looked at anew.
        await acceptance
            .CommitAsync(
                agent,
                start.Commit(acceptance.NewRun(agent, queued.RunId, RunTrigger.Execute)),
                cancellationToken
            )
            .ConfigureAwait(false);
    }
}
