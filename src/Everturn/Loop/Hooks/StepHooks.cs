using Everturn.Agents;
using Everturn.Sessions;
using Everturn.State;
using Microsoft.Extensions.AI;

namespace Everturn.Loop.Hooks;

/// <summary>The points in a step of a run at which an agent's hooks are called.</summary>
/// <param name="runner">Calls them.</param>
/// <param name="time">The clock.</param>
internal sealed class StepHooks(HookRunner runner, TimeProvider time)
{
    /// <summary>The run begins. Again after a crash before its first step was committed.</summary>
    public async ValueTask StartAsync(RunExecution execution, CancellationToken stopping)
    {
        if (execution.IsStarted || execution.Run.StepCount > 0 || !runner.Any(execution.Agent))
        {
            return;
        }

        execution.IsStarted = true;
        var scope = new StepHookScope(execution, execution.Staged, execution.StartEvents.Add, time);
        var context = new AgentStartContext(scope, Input(execution));
        using var token = CancellationTokenSource.CreateLinkedTokenSource(stopping, execution.Stop);
        await runner
            .RunAsync(
                execution.Agent,
                nameof(AgentHooks.OnAgentStart),
                hooks => hooks.OnAgentStart,
                context,
                token.Token
            )
            .ConfigureAwait(false);
        scope.Close();
    }

    /// <summary>The hooks around one attempt of a model call.</summary>
    public ModelCallHooks ModelCall(RunExecution execution, DeltaFlusher events, int attempt) =>
        new(runner, execution, events, attempt, time);

    public async ValueTask BeforeToolAsync(
        RunExecution execution,
        AgentTool tool,
        ToolCallContext call,
        CancellationToken cancellationToken
    )
    {
        if (!runner.Any(execution.Agent))
        {
            return;
        }

        var scope = new StepHookScope(execution, call.Changes, call.EmitEncoded, time);
        var context = new BeforeToolContext(
            scope,
            tool,
            call.ToolCallId,
            JsonBytes.Parse(call.Call.Arguments),
            call.Attempt
        );
        await runner
            .RunAsync(
                execution.Agent,
                nameof(AgentHooks.BeforeTool),
                hooks => hooks.BeforeTool,
                context,
                cancellationToken
            )
            .ConfigureAwait(false);
        scope.Close();
    }

    public async ValueTask AfterToolAsync(
        RunExecution execution,
        AgentTool tool,
        ToolCallContext call,
        ToolCallRecord ended,
        TimeSpan duration,
        CancellationToken stopping
    )
    {
        if (!runner.Any(execution.Agent))
        {
            return;
        }

        var scope = new StepHookScope(execution, call.Changes, call.EmitEncoded, time);
        var succeeded = ended.Status == ToolCallStatus.Succeeded;
        var result = JsonBytes.Parse(ended.Result);
        var context = new AfterToolContext(scope, tool, call.ToolCallId, succeeded, result, duration);
        await runner
            .RunAsync(execution.Agent, nameof(AgentHooks.AfterTool), hooks => hooks.AfterTool, context, stopping)
            .ConfigureAwait(false);
        scope.Close();
    }

    // The last user and system messages, as many as the run added: its own answer may be behind them already.
    private static List<ChatMessage> Input(RunExecution execution)
    {
        var chat = execution.Conversation.Chat;
        var answers = execution.OpenCalls.Count > 0 ? 1 : 0;
        var count = execution.Session.MessageCount - execution.Run.StartMessageCount - answers;
        var end = chat.FindLastIndex(message => message.Role == ChatRole.User || message.Role == ChatRole.System) + 1;
        var taken = Math.Clamp(count, 0, end);
        return chat.GetRange(end - taken, taken);
    }
}
