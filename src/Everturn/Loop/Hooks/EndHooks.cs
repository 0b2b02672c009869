using Everturn.Agents;
using Everturn.Sessions;
using Everturn.State;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Loop.Hooks;

/// <summary>
/// The hooks at a run's end. They come after the commit that ended it; the runtime records only then that it is done
/// with the run, so that a process which dies in between leaves them to the next one.
/// </summary>
/// <param name="runner">Calls them.</param>
/// <param name="store">Has the runs that ended elsewhere.</param>
/// <param name="agents">The agents that this process has code for.</param>
/// <param name="application">What agents' factories are given.</param>
/// <param name="scopes">For services where no execution has any.</param>
internal sealed class EndHooks(
    HookRunner runner,
    ISessionStore store,
    AgentRegistry agents,
    IServiceProvider application,
    IServiceScopeFactory scopes
)
{
    /// <summary>A run ended here. Does nothing while it is still running.</summary>
    public ValueTask AnnounceAsync(RunExecution execution, CancellationToken stopping) =>
        execution.Run.Status.IsEnded && runner.Any(execution.Agent)
            ? AnnounceAsync(
                execution.Agent,
                new(execution.Run, execution.Session, execution.Services, execution.Conversation.State),
                stopping
            )
            : default;

    /// <summary>A run was found to have ended, and its hooks may not have been called.</summary>
    public async ValueTask AnnounceAsync(SessionKey key, string runId, CancellationToken stopping)
    {
        var run = await store.GetRunAsync(key, runId, stopping).ConfigureAwait(false);
        if (run is not { Status.IsEnded: true } || !agents.Has(run.AgentType))
        {
            return;
        }

        if (await store.GetSnapshotAsync(key, 0, stopping).ConfigureAwait(false) is not { } snapshot)
        {
            return;
        }

        var context = new AgentFactoryContext(application, key.SessionId, runId, snapshot.Session.UserId);
        var agent = agents.Resolve(run.AgentType, context);
        if (runner.Any(agent))
        {
            var services = scopes.CreateAsyncScope();
            await using var _ = services.ConfigureAwait(false);
            var scope = new EndedHookScope(
                run,
                snapshot.Session,
                services.ServiceProvider,
                JsonBytes.Parse(snapshot.State)
            );
            await AnnounceAsync(agent, scope, stopping).ConfigureAwait(false);
        }
    }

    private ValueTask AnnounceAsync(AgentDefinition agent, EndedHookScope scope, CancellationToken stopping)
    {
        var run = scope.Run;
        return run.Status == RunStatus.Completed
                ? runner.RunAsync(
                    agent,
                    nameof(AgentHooks.OnAgentComplete),
                    hooks => hooks.OnAgentComplete,
                    new AgentCompleteContext(scope, JsonBytes.Parse(run.Output ?? default), scope.Duration),
                    stopping
                )
            : run.Status == RunStatus.Failed
                ? runner.RunAsync(
                    agent,
                    nameof(AgentHooks.OnAgentFail),
                    hooks => hooks.OnAgentFail,
                    new AgentFailContext(scope, run.Reason, run.Error, scope.Duration),
                    stopping
                )
            : run.Status == RunStatus.Interrupted
                ? runner.RunAsync(
                    agent,
                    nameof(AgentHooks.OnAgentInterrupt),
                    hooks => hooks.OnAgentInterrupt,
                    new AgentInterruptContext(scope, run.Reason, scope.Duration),
                    stopping
                )
            : default;
    }
}
