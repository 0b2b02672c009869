using Everturn.Agents;
using Everturn.Loop;
using Everturn.Sessions;
using Everturn.Storage;
using Microsoft.Extensions.Logging;

namespace Everturn.Runtimes.InProcess;

/// <summary>
/// Ends a run whose host died as interrupted, in one commit: what the broken step had streamed is void, and tool calls
/// that had an outcome keep it and what they changed, so that a resume repeats nothing that was finished.
/// </summary>
internal sealed class LostRunCloser(
    ISessionStore store,
    AgentRegistry agents,
    AgentPlans plans,
    ToolRunner tools,
    IServiceProvider services,
    TimeProvider time,
    ILogger<LostRunCloser> logger
)
{
    public async Task CloseAsync(RunRecord lost, CancellationToken cancellationToken)
    {
        while (true)
        {
            var snapshot = await store.GetSnapshotAsync(lost.Session, 0, cancellationToken).ConfigureAwait(false);
            if (snapshot?.Run is not { Owner: not null } run || run.RunId != lost.RunId || run.Owner != lost.Owner)
            {
                return;
            }

            if (run.Status.IsEnded)
            {
                return;
            }

            var result = await store
                .CommitAsync(
                    await CommitAsync(snapshot, run, cancellationToken).ConfigureAwait(false),
                    cancellationToken
                )
                .ConfigureAwait(false);
            if (result.IsApplied)
            {
                RuntimeLog.HostLost(logger, run.RunId, run.Session.ToString(), run.Owner.Value.Node.NodeId);
                return;
            }
        }
    }

    private async ValueTask<SessionCommit> CommitAsync(
        SessionSnapshot snapshot,
        RunRecord run,
        CancellationToken cancellationToken
    )
    {
        var context = new AgentFactoryContext(services, run.Session.SessionId, run.RunId, snapshot.Session.UserId);
        var plan = plans.Of(agents.Resolve(run.AgentType, context));
        using var execution = new RunExecution(
            plan,
            run,
            snapshot.Session,
            Conversation.From(snapshot),
            services,
            time
        );
        await ObeyAsync(execution, cancellationToken).ConfigureAwait(false);
        var journal = new RunJournal(store, execution, time);
        var commits = new RunCommits(execution, journal, time);
        var isOpen = snapshot.OpenToolCalls.Count > 0;
        var end = isOpen
            ? CloseCalls(snapshot.OpenToolCalls, execution, commits)
            : journal.New(CommitKind.RunEnd) with
            {
                Chunks = InFlight.FirstVoid(snapshot, execution.Step) is { } from
                    ? [execution.Chunks.StepDiscarded(execution.Step, from)]
                    : [],
            };
        return commits.WithStop(end, endsStep: isOpen) with
        {
            // The owner is gone: the version says that nothing happened since the snapshot.
            Fence = null,
            ExpectedVersion = snapshot.Session.Version,
        };
    }

    // Whoever asked for the run's end before its host died was told that it is accepted.
    private async ValueTask ObeyAsync(RunExecution execution, CancellationToken cancellationToken)
    {
        var run = execution.Run;
        var commands = await store.GetCommandsAsync(run.Session, run.RunId, 0, cancellationToken).ConfigureAwait(false);
        foreach (var command in commands)
        {
            execution.Obey(command);
        }

        if (execution.StopCommand is not null)
        {
            return;
        }

        execution.Obey(
            new()
            {
                Session = run.Session,
                RunId = run.RunId,
                Kind = CommandKind.Interrupt,
                Reason = RunReason.HostLost,
                Revision = execution.SeenCommandRevision + 1,
                CreatedAt = time.GetUtcNow(),
            }
        );
    }

    private SessionCommit CloseCalls(IReadOnlyList<ToolCallRecord> open, RunExecution execution, RunCommits commits)
    {
        var calls = open.Select(call => call.Status.HasOutcome ? call : tools.Interrupted(call)).ToList();
        var closed = calls.Except(open).ToList();
        var step = commits.Tools(calls, last: null);
        return step with { ToolCalls = closed, Chunks = [.. closed.Select(execution.Chunks.ToolEnd), .. step.Chunks] };
    }
}
