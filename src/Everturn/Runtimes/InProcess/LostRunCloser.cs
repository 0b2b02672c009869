using Everturn.Agents;
using Everturn.Loop;
using Everturn.Loop.Holding;
using Everturn.Loop.Hooks;
using Everturn.Sessions;
using Everturn.Storage;
using Microsoft.Extensions.Logging;

namespace Everturn.Runtimes.InProcess;

/// <summary>
/// Ends a run whose host died as interrupted, in one commit. What the broken step had streamed is void. Calls of a step
/// whose message is stored stay open: a resume keeps the outcomes that are there, and makes the others again.
/// </summary>
internal sealed class LostRunCloser(
    ISessionStore store,
    AgentRegistry agents,
    EndHooks ends,
    TimeProvider time,
    ILogger<LostRunCloser> logger
)
{
    private static readonly CommandKind[] Stops =
    [
        CommandKind.Abort,
        CommandKind.Interrupt,
        CommandKind.InterruptAtCheckpoint,
    ];

    public async Task CloseAsync(RunRecord lost, CancellationToken cancellationToken)
    {
        while (true)
        {
            var snapshot = await store.GetSnapshotAsync(lost.Session, 0, cancellationToken).ConfigureAwait(false);
            if (
                snapshot?.Run is not { Status.IsEnded: false } run
                || run.RunId != lost.RunId
                || run.Owner != lost.Owner
            )
            {
                return;
            }

            var commands = await store
                .GetCommandsAsync(run.Session, run.RunId, 0, cancellationToken)
                .ConfigureAwait(false);
            var asked = await HeldCalls.AskedAsync(store, snapshot, cancellationToken).ConfigureAwait(false);
            var end = End(snapshot, run, commands, asked);
            var result = await store.CommitEndAsync(end, snapshot.State, cancellationToken).ConfigureAwait(false);
            if (result.IsApplied)
            {
                RuntimeLog.HostLost(logger, run.RunId, run.Session.ToString(), run.Owner?.Node.NodeId ?? "");
                await ends.AnnounceAsync(run.Session, run.RunId, cancellationToken).ConfigureAwait(false);
                return;
            }
        }
    }

    private SessionCommit End(
        SessionSnapshot snapshot,
        RunRecord run,
        IReadOnlyList<CommandRecord> commands,
        IReadOnlyList<PendingCallRecord> asked
    )
    {
        // Whoever asked for the run's end before its host died was told that it is accepted.
        var command = Stops
            .Select(kind => commands.LastOrDefault(command => command.Kind == kind))
            .FirstOrDefault(command => command is not null);
        var kind = command?.Kind ?? CommandKind.Interrupt;
        var step = run.StepCount + 1;
        var chunks = new ChunkFactory(run, time);
        var (change, last) = RunEnding.Of(kind, command is null ? RunReason.HostLost : command.Reason, step, chunks);
        var closed =
            kind == CommandKind.Abort
                ? OpenStep.Close(snapshot.OpenToolCalls, asked, run, snapshot.State, agents.Get(run.AgentType), time)
                : null;
        return new()
        {
            Session = run.Session,
            Kind = CommitKind.RunEnd,
            At = time.GetUtcNow(),
            RunId = run.RunId,
            // The owner is gone: the version says that nothing happened since the snapshot, a command neither.
            ExpectedVersion = snapshot.Session.Version,
            Step = step,
            RunChange = change,
            State = closed?.State,
            ToolCalls = closed?.Calls ?? [],
            PendingCalls = closed is null ? [] : HeldCalls.Withdraw(asked, time.GetUtcNow()),
            Messages = closed?.Results ?? [],
            Chunks =
            [
                .. closed?.Chunks ?? [],
                .. InFlight.FirstVoid(snapshot, step) is { } from ? new[] { chunks.StepDiscarded(step, from) } : [],
                last,
            ],
        };
    }
}
