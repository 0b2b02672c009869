using Everturn.Loop;
using Everturn.Loop.Hooks;
using Everturn.Sessions;

namespace Everturn.Agents.Steps;

/// <summary>Ends runs as a workflow says.</summary>
internal sealed class RunFinisher(
    RunLeases leases,
    AgentLoop loop,
    RunCloser closer,
    EndHooks ends,
    ISessionStore store
)
{
    public async Task<AgentWorkflowResult> CompleteAsync(EndAgentStreamInput input, CancellationToken cancellationToken)
    {
        var lease = await leases.OpenAsync(input.Session, input.RunId).ConfigureAwait(false);
        await using var _ = lease.ConfigureAwait(false);
        if (lease.Execution is not { } execution)
        {
            return await ResultAsync(input, cancellationToken).ConfigureAwait(false);
        }

        // Outcomes of calls that the workflow executes beside it come before the end, or not at all.
        await lease.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await loop.EndAsync(execution, input.Output, cancellationToken).ConfigureAwait(false);
            return Result(input, execution.Run);
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

    public async Task<AgentWorkflowResult> FailAsync(
        AgentRunInput input,
        string reason,
        string error,
        CancellationToken cancellationToken
    )
    {
        var run = await closer.FailAsync(input.Session, input.RunId, reason, error).ConfigureAwait(false);
        await ends.AnnounceAsync(input.Session, input.RunId, cancellationToken).ConfigureAwait(false);
        return run is null ? await ResultAsync(input, cancellationToken).ConfigureAwait(false) : Result(input, run);
    }

    private async Task<AgentWorkflowResult> ResultAsync(AgentRunInput input, CancellationToken cancellationToken) =>
        Result(
            input,
            await store.GetRunAsync(input.Session, input.RunId, cancellationToken).ConfigureAwait(false)
                ?? throw new InvalidInputException("runId", $"Session '{input.SessionId}' has no run '{input.RunId}'.")
        );

    private static AgentWorkflowResult Result(AgentRunInput input, RunRecord run) =>
        new()
        {
            SessionId = input.SessionId,
            RunId = input.RunId,
            Status = run.Status,
            Reason = run.Reason,
            StepCount = run.StepCount,
        };
}
