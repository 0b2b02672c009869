using Everturn.Workflows;

namespace Everturn.Agents.Steps;

/// <summary>What a workflow begins a run with (Helix Agents, <c>InitializeAgentInput</c>).</summary>
public sealed record InitializeAgentInput
{
    /// <summary>The agent.</summary>
    public required string AgentType { get; init; }

    /// <summary>The tenant. Default: empty.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>The session: a new one, or one whose last run ended.</summary>
    public required string SessionId { get; init; }

    /// <summary>The workflow that carries the run.</summary>
    public required string WorkflowName { get; init; }

    /// <summary>The workflow's instance. Should it end before the run does, the run fails.</summary>
    public required string InstanceId { get; init; }

    /// <summary>The user's message.</summary>
    public required AgentInput Input { get; init; }

    /// <summary>Whose session it is.</summary>
    public string? UserId { get; init; }

    /// <summary>Labels for lists; null leaves them.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Names and values; null leaves them.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>An input for the workflow that an event started.</summary>
    /// <typeparam name="T">The event's payload.</typeparam>
    /// <param name="trigger">The event.</param>
    /// <param name="agentType">The agent.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="input">The user's message, or more.</param>
    public static InitializeAgentInput For<T>(
        WorkflowEvent<T> trigger,
        string agentType,
        string sessionId,
        AgentInput input
    )
    {
        ArgumentNullException.ThrowIfNull(trigger);
        return new()
        {
            AgentType = agentType,
            SessionId = sessionId,
            WorkflowName = trigger.WorkflowName,
            InstanceId = trigger.InstanceId,
            Input = input,
        };
    }

    /// <summary>Checks the fields.</summary>
    /// <exception cref="InvalidInputException">One is not acceptable; it is named.</exception>
    public void Validate()
    {
        Identifiers.CheckAgentName(AgentType, "agentType");
        if (Tenant is null)
        {
            throw new InvalidInputException("tenant", "It is a text, empty for the default tenant.");
        }

        Identifiers.CheckSessionId(SessionId, "sessionId");
        InputChecks.Id(WorkflowName, "workflowName");
        InputChecks.Id(InstanceId, "instanceId");
        if (Input is null)
        {
            throw new InvalidInputException("input", "A run begins with a message.");
        }
    }
}
