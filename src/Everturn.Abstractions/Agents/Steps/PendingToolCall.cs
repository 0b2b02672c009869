namespace Everturn.Agents.Steps;

/// <summary>A call that a model asked for. Its arguments are in the session store.</summary>
/// <param name="ToolCallId">The model's id of the call.</param>
/// <param name="ToolName">The tool.</param>
public sealed record PendingToolCall(string ToolCallId, string ToolName);
