using Everturn.Agents;
using Everturn.Loop.Holding;
using Everturn.Runtimes;
using Everturn.Sessions;
using Everturn.State;
using Everturn.Storage;
using Microsoft.Extensions.Logging;

namespace Everturn.Loop;

/// <summary>
/// Ends a run that nobody executes any more, in one commit that leaves a valid transcript: open calls get a result.
/// </summary>
internal sealed class RunCloser(ISessionStore store, AgentRegistry agents, TimeProvider time, ILogger<RunCloser> logger)
{
    /// <summary>Fails the run of a snapshot. Does nothing where the session changed since.</summary>
    public async ValueTask<bool> FailAsync(SessionSnapshot snapshot, string reason, string error)
    {
        var run = snapshot.Run!;
        var step = run.StepCount + 1;
        var at = time.GetUtcNow();
        var asked = await HeldCalls.AskedAsync(store, snapshot, CancellationToken.None).ConfigureAwait(false);
        var ended = HeldCalls
            .Answer(snapshot.OpenToolCalls, asked)
            .Select(call =>
                call.Status.HasOutcome
                    ? call
                    : call with
                    {
                        Status = ToolCallStatus.Interrupted,
                        Result = JsonBytes.Write(JsonBytes.String("The run failed before the call had a result.")),
                        EndedAt = at,
                    }
            )
            .ToList();
        var closed = OpenStep.Close(ended, [], run, snapshot.State, agents.Get(run.AgentType), time);
        var chunks = new ChunkFactory(run, time);
        var result = await store
            .CommitEndAsync(
                new()
                {
                    Session = run.Session,
                    Kind = CommitKind.RunEnd,
                    At = at,
                    RunId = run.RunId,
                    ExpectedVersion = snapshot.Session.Version,
                    Step = step,
                    State = closed?.State,
                    ToolCalls = ended,
                    PendingCalls = HeldCalls.Withdraw(asked, at),
                    Messages = closed?.Results ?? [],
                    Chunks =
                    [
                        .. HeldCalls.Ended(snapshot.OpenToolCalls, ended).Select(chunks.ToolEnd),
                        chunks.Error(step, error, reason, recoverable: false),
                    ],
                    RunChange = new()
                    {
                        Status = RunStatus.Failed,
                        Reason = reason,
                        Error = error,
                    },
                },
                snapshot.State,
                CancellationToken.None
            )
            .ConfigureAwait(false);
        if (result.IsApplied)
        {
            RuntimeLog.RunFailed(logger, run.RunId, run.Session.ToString(), reason);
        }

        return result.IsApplied;
    }

    /// <summary>Fails a run if it is still its session's running one.</summary>
    /// <returns>The run as it is now; null where its session is gone or has a newer run.</returns>
    public async ValueTask<RunRecord?> FailAsync(SessionKey key, string runId, string reason, string error)
    {
        while (true)
        {
            var snapshot = await store.GetSnapshotAsync(key, 0).ConfigureAwait(false);
            if (snapshot?.Run is not { } run || run.RunId != runId)
            {
                return null;
            }

            if (run.Status.IsEnded)
            {
                return run;
            }

            await FailAsync(snapshot, reason, error).ConfigureAwait(false);
        }
    }
}
