using Everturn.Agents;
using Everturn.AspNetCore.Server;
using Everturn.Sessions;

namespace Everturn.AspNetCore.Sessions;

/// <summary>What a hook before a run is shown, and whether it is asked at all.</summary>
internal static class BeforeRun
{
    /// <summary>
    /// The session as it is. Null for a repeated request: its run is there already, and a hook that supersedes what is
    /// running must not take its own request's run for another.
    /// </summary>
    /// <exception cref="AgentMismatchException">
    /// The session belongs to another agent. Said here already, since a hook may stop a run to make room.
    /// </exception>
    public static async Task<ExecutionState?> ReadAsync(
        SessionRequest request,
        SessionKey key,
        string agentType,
        string? requestId
    )
    {
        if (
            requestId is not null
            && await request.Store.GetRunByRequestAsync(key, requestId, request.Aborted).ConfigureAwait(false)
                is not null
        )
        {
            return null;
        }

        var state = await ExecutionState.ReadAsync(request, key).ConfigureAwait(false);
        return state.GetHandle()?.Run.AgentType is { } actual && actual != agentType
            ? throw new AgentMismatchException(key.SessionId, agentType, actual)
            : state;
    }
}
