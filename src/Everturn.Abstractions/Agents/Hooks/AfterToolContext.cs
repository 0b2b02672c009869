using System.Text.Json;

namespace Everturn.Agents;

/// <summary>A tool call has an outcome, which is not durable yet.</summary>
/// <param name="Running">Where it comes from.</param>
/// <param name="Tool">The tool.</param>
/// <param name="ToolCallId">The model's id of the call.</param>
/// <param name="Succeeded">Whether the call succeeded; a tool that threw, timed out or was interrupted did not.</param>
/// <param name="Result">The result, also that of a sensitive tool; where the call did not succeed, the error as a JSON string.</param>
/// <param name="Duration">How long the call took.</param>
public sealed record AfterToolContext(
    RunningHookScope Running,
    AgentTool Tool,
    string ToolCallId,
    bool Succeeded,
    JsonElement Result,
    TimeSpan Duration
) : RunningHookContext(Running);
