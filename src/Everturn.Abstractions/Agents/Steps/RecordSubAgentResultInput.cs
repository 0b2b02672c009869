using System.Text.Json;
using Everturn.Sessions;

namespace Everturn.Agents.Steps;

/// <summary>What came of a sub-agent (Helix Agents, <c>RecordSubAgentResultInput</c>).</summary>
public sealed record RecordSubAgentResultInput : AgentRunInput
{
    /// <summary>The call that led to it.</summary>
    public required string ToolCallId { get; init; }

    /// <summary>The sub-agent's session.</summary>
    public required string SubSessionId { get; init; }

    /// <summary>The status that its run ended with.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Its output, JSON; null unless it completed.</summary>
    public JsonElement? Output { get; init; }

    /// <summary>What went wrong; null unless it failed.</summary>
    public string? Error { get; init; }

    /// <inheritdoc />
    public override void Validate()
    {
        base.Validate();
        InputChecks.Text(ToolCallId, "toolCallId");
        Identifiers.CheckSessionId(SubSessionId, "subSessionId");
        InputChecks.Ended(Status);
        if (Status == RunStatus.Completed)
        {
            InputChecks.Json(Output ?? default, "output");
        }

        if (Status == RunStatus.Failed)
        {
            InputChecks.Text(Error, "error");
        }
    }
}
