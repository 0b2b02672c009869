using Everturn.Loop;
using Everturn.Loop.Holding;
using Everturn.Loop.Hooks;
using Everturn.Sessions;

namespace Everturn.Agents.Steps;

/// <summary>
/// Does single steps and calls of a run. The session store is asked first whether a thing is done, so that each may be
/// asked for again.
/// </summary>
internal sealed class RunStepper(
    RunLeases leases,
    AgentLoop loop,
    EndHooks ends,
    ToolRunner tools,
    ISessionStore store,
    TimeProvider time
)
{
    public async Task<AgentStepResult> StepAsync(ExecuteAgentStepInput input, CancellationToken cancellationToken)
    {
        var lease = await leases.OpenAsync(input.Session, input.RunId).ConfigureAwait(false);
        await using var _ = lease.ConfigureAwait(false);
        if (lease.Execution is not { } execution)
        {
            // Whoever ended the run may have died before it could tell.
            await ends.AnnounceAsync(input.Session, input.RunId, cancellationToken).ConfigureAwait(false);
            return Result(input, await RunAsync(input, cancellationToken).ConfigureAwait(false), []);
        }

        await lease.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (execution.OpenCalls.Count > 0 && execution.Step == input.Step - 1)
            {
                await loop.ToolsAsync(execution, cancellationToken).ConfigureAwait(false);
            }

            if (execution.Run.Status.IsEnded || execution.Run.StepCount >= input.Step)
            {
                return Result(input, execution.Run, []);
            }

            if (execution.Step != input.Step)
            {
                throw new InvalidInputException("step", $"The run is at step {execution.Step}.");
            }

            if (execution.OpenCalls.Count == 0)
            {
                // The workflow may have slept since the last step.
                var session = await store.GetSessionAsync(input.Session, cancellationToken).ConfigureAwait(false);
                execution.QueuedRuns = session?.QueuedRuns ?? 0;
                await loop.ModelAsync(execution, cancellationToken).ConfigureAwait(false);
            }

            return Result(input, execution.Run, execution.OpenCalls);
        }
        catch
        {
            lease.Abandon();
            throw;
        }
        finally
        {
            lease.Gate.Release();
        }
    }

    public async Task<ToolCallResult> CallAsync(ExecuteToolCallInput input, CancellationToken cancellationToken)
    {
        var lease = await leases.OpenAsync(input.Session, input.RunId).ConfigureAwait(false);
        await using var _ = lease.ConfigureAwait(false);
        if (
            lease.Execution is not { } execution
            || execution.Step != input.Step
            || Find(execution.OpenCalls, input) is not { } call
        )
        {
            return await DoneAsync(input, cancellationToken).ConfigureAwait(false);
        }

        if (call.Status.HasOutcome || call.Status.IsHeld)
        {
            return Result(call);
        }

        if (execution.CallsAreRepeated && call.IsUnknownAfterCrash())
        {
            // It may not be repeated. The next step suspends the run, and asks.
            return Result(call with { Status = ToolCallStatus.Unknown });
        }

        if (execution.StopsAtOnce)
        {
            // Nothing more begins. The next step closes the call, and ends the run.
            return Result(tools.Interrupted(call));
        }

        try
        {
            return Result(await CallAsync(lease, execution, call, cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            lease.Abandon();
            throw;
        }
    }

    private async Task<ToolCallRecord> CallAsync(
        RunLease lease,
        RunExecution execution,
        ToolCallRecord call,
        CancellationToken cancellationToken
    )
    {
        var journal = new RunJournal(store, execution, time);
        var commits = new RunCommits(execution, journal, time);
        // Whether an earlier attempt of this step had begun the call is not known without this record.
        var attempt = call with
        {
            Status = ToolCallStatus.Started,
            Attempt = call.Attempt + 1,
        };
        await CommitAsync(lease, () => (commits.Intent([attempt]), attempt), execution, journal).ConfigureAwait(false);
        var outcome = await tools.RunAsync(execution, journal, attempt, cancellationToken).ConfigureAwait(false);
        await CommitAsync(lease, () => (commits.Outcome(outcome), outcome.Call), execution, journal)
            .ConfigureAwait(false);
        return outcome.Call;
    }

    private static async Task CommitAsync(
        RunLease lease,
        Func<(SessionCommit Commit, ToolCallRecord Call)> change,
        RunExecution execution,
        RunJournal journal
    )
    {
        await lease.Gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            var (commit, changed) = change();
            await journal.CommitAsync(commit).ConfigureAwait(false);
            execution.OpenCalls = [.. execution.OpenCalls.Select(call => call.Index == changed.Index ? changed : call)];
        }
        finally
        {
            lease.Gate.Release();
        }
    }

    // The call's step is over, or the whole run: the outcome is there, or there never was such a call.
    private async Task<ToolCallResult> DoneAsync(ExecuteToolCallInput input, CancellationToken cancellationToken)
    {
        var calls = await store.GetToolCallsAsync(input.Session, input.RunId, cancellationToken).ConfigureAwait(false);
        return Find(calls, input) is { Status.HasOutcome: true } call
            ? Result(call)
            : throw new InvalidInputException("toolCallId", $"Step {input.Step} has no call '{input.ToolCallId}'.");
    }

    private async Task<RunRecord> RunAsync(AgentRunInput input, CancellationToken cancellationToken) =>
        await store.GetRunAsync(input.Session, input.RunId, cancellationToken).ConfigureAwait(false)
        ?? throw new InvalidInputException("runId", $"Session '{input.SessionId}' has no run '{input.RunId}'.");

    private static ToolCallRecord? Find(IReadOnlyList<ToolCallRecord> calls, ExecuteToolCallInput input) =>
        calls.FirstOrDefault(call => call.Step == input.Step && call.ToolCallId == input.ToolCallId);

    private static AgentStepResult Result(
        ExecuteAgentStepInput input,
        RunRecord run,
        IReadOnlyList<ToolCallRecord> open
    ) =>
        new()
        {
            Step = input.Step,
            Status = run.Status,
            Reason = run.Reason,
            ToolCalls =
            [
                .. open.Where(call => !call.Status.HasOutcome && !call.Status.IsHeld)
                    .Select(call => new PendingToolCall(call.ToolCallId, call.ToolName)),
            ],
        };

    private static ToolCallResult Result(ToolCallRecord call) =>
        new()
        {
            ToolCallId = call.ToolCallId,
            ToolName = call.ToolName,
            Status = call.Status,
        };
}
