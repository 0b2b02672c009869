namespace Everturn.Agents.Steps;

/// <summary>Which call of a step is to be executed (Helix Agents, <c>ExecuteToolCallInput</c>).</summary>
public sealed record ExecuteToolCallInput : AgentRunInput
{
    /// <summary>The step that asked for the call, from 1.</summary>
    public required int Step { get; init; }

    /// <summary>The model's id of the call. One that has an outcome already is not executed again.</summary>
    public required string ToolCallId { get; init; }

    /// <inheritdoc />
    public override void Validate()
    {
        base.Validate();
        InputChecks.Step(Step);
        InputChecks.Text(ToolCallId, "toolCallId");
    }
}
