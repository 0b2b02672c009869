using Everturn.Agents;
using Microsoft.Extensions.Logging;

namespace Everturn.Loop.Hooks;

/// <summary>Calls hooks, those of the host first, and keeps what they throw from the run.</summary>
/// <param name="host">Hooks for all agents of this host.</param>
/// <param name="options">For the time that a hook has.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Hears of hooks that failed.</param>
internal sealed class HookRunner(
    IEnumerable<AgentHooks> host,
    LoopOptions options,
    TimeProvider time,
    ILogger<HookRunner> logger
)
{
    private readonly AgentHooks[] _host = [.. host];

    /// <summary>Whether an agent has any hook; without one there is nothing to prepare.</summary>
    public bool Any(AgentDefinition agent) => _host.Length > 0 || agent.Hooks.Count > 0;

    /// <summary>Calls the hooks at a point, one after another.</summary>
    /// <typeparam name="TContext">What they get.</typeparam>
    /// <param name="agent">Whose hooks.</param>
    /// <param name="name">The point, for the log.</param>
    /// <param name="point">Which of the hooks.</param>
    /// <param name="context">What they get.</param>
    /// <param name="cancellationToken">For the hooks.</param>
    public async ValueTask RunAsync<TContext>(
        AgentDefinition agent,
        string name,
        Func<AgentHooks, Func<TContext, CancellationToken, ValueTask>?> point,
        TContext context,
        CancellationToken cancellationToken
    )
        where TContext : HookContext
    {
        foreach (var hooks in _host.Concat(agent.Hooks))
        {
            if (point(hooks) is { } hook)
            {
                await InvokeAsync(name, hook, context, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask InvokeAsync<TContext>(
        string name,
        Func<TContext, CancellationToken, ValueTask> hook,
        TContext context,
        CancellationToken cancellationToken
    )
        where TContext : HookContext
    {
        try
        {
            var pending = hook(context, cancellationToken);
            await (
                pending.IsCompleted
                    ? pending
                    : new(pending.AsTask().WaitAsync(options.HookTimeout, time, cancellationToken))
            ).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It was told to stop.
        }
#pragma warning disable CA1031 // Whatever a hook throws is the hook's own trouble, not the run's.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            HookLog.Failed(logger, name, context.Run.AgentType, context.Run.RunId, exception);
        }
    }
}
