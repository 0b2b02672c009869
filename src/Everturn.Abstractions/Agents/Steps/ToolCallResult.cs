using System.Text.Json.Serialization;
using Everturn.Sessions;

namespace Everturn.Agents.Steps;

/// <summary>That a call has an outcome, and which kind (Helix Agents, <c>ToolCallResult</c>). What it gave is in the session store.</summary>
public sealed record ToolCallResult
{
    /// <summary>The model's id of the call.</summary>
    public required string ToolCallId { get; init; }

    /// <summary>The tool.</summary>
    public required string ToolName { get; init; }

    /// <summary>What came of it.</summary>
    public required ToolCallStatus Status { get; init; }

    /// <summary>Whether it succeeded.</summary>
    [JsonIgnore]
    public bool IsSuccess => Status == ToolCallStatus.Succeeded;

    /// <summary>Checks the fields.</summary>
    /// <exception cref="InvalidInputException">One is not acceptable; it is named.</exception>
    public void Validate()
    {
        InputChecks.Text(ToolCallId, "toolCallId");
        InputChecks.Text(ToolName, "toolName");
        if (string.IsNullOrEmpty(Status.Value) || !Status.HasOutcome)
        {
            throw new InvalidInputException("status", "It is the status of a call that has an outcome.");
        }
    }
}
