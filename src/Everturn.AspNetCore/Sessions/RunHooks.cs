using Everturn.Agents;
using Everturn.AspNetCore.Server;
using Everturn.Sessions;

namespace Everturn.AspNetCore.Sessions;

/// <summary>A server's hooks around a request that begins a run: the same for start, resume and retry.</summary>
internal static class RunHooks
{
    /// <summary>Asks the hook before the run, if there is one.</summary>
    /// <param name="request">The request.</param>
    /// <param name="key">The session.</param>
    /// <param name="agentType">The agent that the request names.</param>
    /// <param name="requestId">What makes a repeated request known; null for none.</param>
    /// <param name="name">The hook's name.</param>
    /// <param name="hook">The hook among the options.</param>
    /// <param name="call">Calls it, with the session as it is.</param>
    /// <returns>Whether to go on; otherwise the hook's answer has been sent.</returns>
    /// <exception cref="AgentMismatchException">
    /// The session belongs to another agent. Said here already, since a hook may stop a run to make room.
    /// </exception>
    public static async Task<bool> BeforeAsync(
        SessionRequest request,
        SessionKey key,
        string agentType,
        string? requestId,
        string name,
        Func<AgentServerHooks, Delegate?> hook,
        Func<AgentServer, IExecutionState, Task<AbortResult?>> call
    )
    {
        if (
            request.Server is not { } server
            || !server.Has(hook(server.Options.Hooks))
            || await IsRepeatedAsync(request, key, requestId).ConfigureAwait(false)
        )
        {
            return true;
        }

        var state = await ExecutionState.ReadAsync(request, key).ConfigureAwait(false);
        if (state.GetHandle()?.Run.AgentType is { } actual && actual != agentType)
        {
            throw new AgentMismatchException(key.SessionId, agentType, actual);
        }

        var abort = await request.DecideAsync(name, () => call(server, state)).ConfigureAwait(false);
        if (abort is null)
        {
            return true;
        }

        await abort.Response.ExecuteAsync(request.Http).ConfigureAwait(false);
        return false;
    }

    /// <summary>Tells the hook after it, unless the run was there before.</summary>
    public static Task AfterAsync(
        SessionRequest request,
        AgentHandle run,
        string name,
        Func<AgentServer, CancellationToken, Task> call
    ) =>
        request.Server is { } server && !run.IsReplay
            ? request.TellAsync(name, stopping => call(server, stopping))
            : Task.CompletedTask;

    // Its run is there already: a hook that supersedes what is running must not take its own request's run for another.
    private static async Task<bool> IsRepeatedAsync(SessionRequest request, SessionKey key, string? requestId) =>
        requestId is not null
        && await request.Store.GetRunByRequestAsync(key, requestId, request.Aborted).ConfigureAwait(false) is not null;
}
