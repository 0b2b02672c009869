namespace Everturn.Agents.Steps;

/// <summary>That a run failed for a reason outside of it (Helix Agents, <c>MarkAgentFailedInput</c>).</summary>
public sealed record MarkAgentFailedInput : AgentRunInput
{
    /// <summary>What went wrong, for people.</summary>
    public required string Error { get; init; }

    /// <summary>What went wrong, for programs; see <see cref="Sessions.RunReason"/>. Null for none of those.</summary>
    public string? Reason { get; init; }

    /// <inheritdoc />
    public override void Validate()
    {
        base.Validate();
        InputChecks.Text(Error, "error");
        if (Reason is not null)
        {
            InputChecks.Id(Reason, "reason");
        }
    }
}
