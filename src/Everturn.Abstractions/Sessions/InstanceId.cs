using System.Globalization;

namespace Everturn.Sessions;

/// <summary>
/// The one formatter of the ids under which runs are carried. An id is used once: it is stored on the run record, and
/// handle, status and interrupt read it there and never derive it again.
/// </summary>
public static class InstanceId
{
    /// <summary>The id of a session's first run: <c>agent__{name}__{session}</c>.</summary>
    /// <param name="agentType">The agent's name.</param>
    /// <param name="sessionId">The session.</param>
    public static string ForExecute(string agentType, string sessionId) => $"agent__{agentType}__{sessionId}";

    /// <summary>The id of a later turn: <c>…__turn__{N}</c>.</summary>
    /// <param name="agentType">The agent's name.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="ordinal">The run's ordinal.</param>
    public static string ForTurn(string agentType, string sessionId, int ordinal) =>
        WithSuffix(agentType, sessionId, "turn", ordinal);

    /// <summary>The id of a resume: <c>…__resume__{N}</c>.</summary>
    /// <param name="agentType">The agent's name.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="ordinal">The run's ordinal.</param>
    public static string ForResume(string agentType, string sessionId, int ordinal) =>
        WithSuffix(agentType, sessionId, "resume", ordinal);

    /// <summary>The id of a retry: <c>…__retry__{N}</c>.</summary>
    /// <param name="agentType">The agent's name.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="ordinal">The run's ordinal.</param>
    public static string ForRetry(string agentType, string sessionId, int ordinal) =>
        WithSuffix(agentType, sessionId, "retry", ordinal);

    /// <summary>The id for a run's trigger and ordinal.</summary>
    /// <param name="trigger">What created the run.</param>
    /// <param name="agentType">The agent's name.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="ordinal">The run's ordinal, from 1.</param>
    public static string For(RunTrigger trigger, string agentType, string sessionId, int ordinal) =>
        trigger == RunTrigger.Resume ? ForResume(agentType, sessionId, ordinal)
        : trigger == RunTrigger.Retry ? ForRetry(agentType, sessionId, ordinal)
        : ordinal <= 1 ? ForExecute(agentType, sessionId)
        : ForTurn(agentType, sessionId, ordinal);

    private static string WithSuffix(string agentType, string sessionId, string kind, int ordinal) =>
        string.Create(CultureInfo.InvariantCulture, $"agent__{agentType}__{sessionId}__{kind}__{ordinal}");
}
