namespace Everturn.Agents.Steps;

/// <summary>Which call of a step is to be executed (Helix Agents, <c>ExecuteToolCallInput</c>).</summary>
public sealed record ExecuteToolCallInput : AgentRunInput
{
    /// <summary>The step that asked for the call, from 1.</summary>
    public required int Step { get; init; }

    /// <summary>The model's id of the call. One that has an outcome already is not executed again.</summary>
    public required string ToolCallId { get; init; }

    /// <summary>A call of a step.</summary>
    /// <param name="run">The run.</param>
    /// <param name="step">The step that asked for the call, from 1.</param>
    /// <param name="toolCallId">The model's id of the call.</param>
    public static ExecuteToolCallInput For(AgentRunInput run, int step, string toolCallId)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new()
        {
            Tenant = run.Tenant,
            SessionId = run.SessionId,
            RunId = run.RunId,
            Step = step,
            ToolCallId = toolCallId,
        };
    }

    /// <inheritdoc />
    public override void Validate()
    {
        base.Validate();
        InputChecks.Step(Step);
        InputChecks.Text(ToolCallId, "toolCallId");
    }
}
