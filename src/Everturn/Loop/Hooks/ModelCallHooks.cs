using Everturn.Agents;
using Microsoft.Extensions.AI;

namespace Everturn.Loop.Hooks;

/// <summary>
/// The hooks around one attempt of a model call. An attempt begins with what the run's start hooks had staged and
/// emitted; what its own hooks staged counts only if it is the one that succeeds.
/// </summary>
internal sealed class ModelCallHooks(
    HookRunner runner,
    RunExecution execution,
    DeltaFlusher events,
    int attempt,
    TimeProvider time
)
{
    private readonly StagedChanges _staged = execution.Staged.Fork();

    public async ValueTask BeforeAsync(
        IReadOnlyList<ChatMessage> messages,
        ChatOptions options,
        CancellationToken cancellationToken
    )
    {
        foreach (var started in execution.StartEvents)
        {
            events.Add(started);
        }

        if (!runner.Any(execution.Agent))
        {
            return;
        }

        var scope = new StepHookScope(execution, _staged, events.Add, time);
        var context = new BeforeModelCallContext(scope, messages, options, attempt);
        await runner
            .RunAsync(
                execution.Agent,
                nameof(AgentHooks.BeforeModelCall),
                hooks => hooks.BeforeModelCall,
                context,
                cancellationToken
            )
            .ConfigureAwait(false);
        scope.Close();
    }

    /// <summary>The model answered: what the attempt's hooks staged is stored with the answer.</summary>
    public async ValueTask AnsweredAsync(ModelReply reply, CancellationToken cancellationToken)
    {
        await AfterAsync(
                scope =>
                    new(scope, attempt, reply.Duration)
                    {
                        Text = reply.Text,
                        ToolCalls = reply.Calls,
                        Tokens = reply.Tokens,
                        ModelId = reply.ModelId,
                        IsPartial = reply.IsPartial,
                    },
                cancellationToken
            )
            .ConfigureAwait(false);
        execution.Staged = _staged;
    }

    public ValueTask FailedAsync(Exception exception, TimeSpan duration, CancellationToken cancellationToken) =>
        AfterAsync(scope => new(scope, attempt, duration) { Exception = exception }, cancellationToken);

    private async ValueTask AfterAsync(
        Func<StepHookScope, AfterModelCallContext> context,
        CancellationToken cancellationToken
    )
    {
        if (!runner.Any(execution.Agent))
        {
            return;
        }

        var scope = new StepHookScope(execution, _staged, events.Add, time);
        await runner
            .RunAsync(
                execution.Agent,
                nameof(AgentHooks.AfterModelCall),
                hooks => hooks.AfterModelCall,
                context(scope),
                cancellationToken
            )
            .ConfigureAwait(false);
        scope.Close();
    }
}
