using System.Text.Json;

namespace Everturn.Agents.Steps;

/// <summary>
/// That a run and its stream are to end as completed, with an output of the workflow's own (Helix Agents,
/// <c>EndAgentStreamInput</c>).
/// </summary>
public sealed record EndAgentStreamInput : AgentRunInput
{
    /// <summary>The output, JSON.</summary>
    public required JsonElement Output { get; init; }

    /// <inheritdoc />
    public override void Validate()
    {
        base.Validate();
        InputChecks.Json(Output, "output");
    }
}
