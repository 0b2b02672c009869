namespace Everturn.Agents.Steps;

/// <summary>That a run and its stream are to end as failed (Helix Agents, <c>FailAgentStreamInput</c>).</summary>
public sealed record FailAgentStreamInput : AgentRunInput
{
    /// <summary>What went wrong, for people.</summary>
    public required string Error { get; init; }

    /// <inheritdoc />
    public override void Validate()
    {
        base.Validate();
        InputChecks.Text(Error, "error");
    }
}
