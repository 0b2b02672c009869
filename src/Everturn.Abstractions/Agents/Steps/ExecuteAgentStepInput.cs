namespace Everturn.Agents.Steps;

/// <summary>Which step of a run is to be executed (Helix Agents, <c>ExecuteAgentStepInput</c>).</summary>
public sealed record ExecuteAgentStepInput : AgentRunInput
{
    /// <summary>The step, from 1. One that is done already is not done again.</summary>
    public required int Step { get; init; }

    /// <inheritdoc />
    public override void Validate()
    {
        base.Validate();
        InputChecks.Step(Step);
    }
}
