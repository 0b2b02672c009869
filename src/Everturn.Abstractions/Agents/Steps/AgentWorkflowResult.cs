using Everturn.Sessions;

namespace Everturn.Agents.Steps;

/// <summary>
/// What a workflow instance that carried a run gives back (Helix Agents, <c>AgentWorkflowResult</c>). The output is in
/// the session store; a handle on the run has it.
/// </summary>
public sealed record AgentWorkflowResult
{
    /// <summary>The session.</summary>
    public required string SessionId { get; init; }

    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>The status that it ended with.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Why, where the status alone does not say; see <see cref="RunReason"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>Committed steps of the run.</summary>
    public int StepCount { get; init; }

    /// <summary>Checks the fields.</summary>
    /// <exception cref="InvalidInputException">One is not acceptable; it is named.</exception>
    public void Validate()
    {
        Identifiers.CheckSessionId(SessionId, "sessionId");
        InputChecks.Id(RunId, "runId");
        InputChecks.Ended(Status);
        if (StepCount < 0)
        {
            throw new InvalidInputException("stepCount", "It is not negative.");
        }
    }
}
