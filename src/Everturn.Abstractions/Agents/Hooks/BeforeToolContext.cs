using System.Text.Json;

namespace Everturn.Agents;

/// <summary>A tool is about to be called.</summary>
/// <param name="Running">Where it comes from.</param>
/// <param name="Tool">The tool.</param>
/// <param name="ToolCallId">The model's id of the call.</param>
/// <param name="Arguments">The arguments, also those of a sensitive tool.</param>
/// <param name="Attempt">From 1; more where the call is repeated after a crash.</param>
public sealed record BeforeToolContext(
    RunningHookScope Running,
    AgentTool Tool,
    string ToolCallId,
    JsonElement Arguments,
    int Attempt
) : RunningHookContext(Running);
