using Everturn.Agents;
using Everturn.Sessions;
using Microsoft.Extensions.Logging;

namespace Everturn.Loop.Holding;

/// <summary>
/// Decides for each call of a model's answer whether it is executed, waits for somebody outside, or is refused since its
/// arguments do not fit. Asked once for a call: what it says is stored with the call.
/// </summary>
/// <param name="store">Has the grants.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Hears of rules that throw.</param>
internal sealed class CallGates(ISessionStore store, TimeProvider time, ILogger<CallGates> logger)
{
    /// <returns>One gate for each call, in their order.</returns>
    public async ValueTask<IReadOnlyList<CallGate>> CheckAsync(
        RunExecution execution,
        IReadOnlyList<ToolCall> calls,
        CancellationToken cancellationToken
    )
    {
        var gates = new CallGate[calls.Count];
        HashSet<string>? granted = null;
        for (var index = 0; index < calls.Count; index++)
        {
            var gate = Check(execution, calls[index]);
            if (gate.IsHeld && execution.Agent.Tools[calls[index].Name].Function is not null)
            {
                granted ??= await GrantedAsync(execution, cancellationToken).ConfigureAwait(false);
                gate = granted.Contains(calls[index].Name) ? CallGate.Open : gate;
            }

            gates[index] = gate;
        }

        return gates;
    }

    private CallGate Check(RunExecution execution, ToolCall call)
    {
        if (
            !execution.Agent.Tools.TryGetValue(call.Name, out var tool)
            || tool is { Function: not null, NeedsApproval: null }
        )
        {
            return CallGate.Open;
        }

        // Nobody is to be asked about a call that cannot be executed.
        if (ArgumentSchema.Misfit(tool.Declaration.JsonSchema, call.Arguments) is { } misfit)
        {
            return CallGate.Refused($"The arguments do not fit: {misfit}");
        }

        return tool.NeedsApproval is null || Needs(execution, tool, call) ? CallGate.Held : CallGate.Open;
    }

    private bool Needs(RunExecution execution, AgentTool tool, ToolCall call)
    {
        try
        {
            return tool.NeedsApproval!(
                new()
                {
                    Session = execution.Run.Session,
                    UserId = execution.Session.UserId,
                    AgentType = execution.Run.AgentType,
                    ToolName = call.Name,
                    Arguments = call.Arguments,
                    State = execution.Conversation.State,
                }
            );
        }
#pragma warning disable CA1031 // A rule that fails must not let a call through.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            HoldingLog.RuleFailed(logger, call.Name, execution.Run.RunId, exception);
            return true;
        }
    }

    private async ValueTask<HashSet<string>> GrantedAsync(RunExecution execution, CancellationToken cancellationToken)
    {
        var grants = await store
            .ListGrantsAsync(execution.Run.Session, time.GetUtcNow(), cancellationToken)
            .ConfigureAwait(false);
        return [.. grants.Select(grant => grant.ToolName)];
    }
}
