namespace Everturn.Agents.Steps;

/// <summary>Which step of a run is to be executed (Helix Agents, <c>ExecuteAgentStepInput</c>).</summary>
public sealed record ExecuteAgentStepInput : AgentRunInput
{
    /// <summary>The step, from 1. One that is done already is not done again.</summary>
    public required int Step { get; init; }

    /// <summary>A step of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="step">The step, from 1.</param>
    public static ExecuteAgentStepInput For(AgentRunInput run, int step)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new()
        {
            Tenant = run.Tenant,
            SessionId = run.SessionId,
            RunId = run.RunId,
            Step = step,
        };
    }

    /// <inheritdoc />
    public override void Validate()
    {
        base.Validate();
        InputChecks.Step(Step);
    }
}
