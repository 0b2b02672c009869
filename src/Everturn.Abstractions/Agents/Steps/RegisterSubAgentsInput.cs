namespace Everturn.Agents.Steps;

/// <summary>Which sub-agents a step of a run calls (Helix Agents, <c>RegisterSubAgentsInput</c>).</summary>
public sealed record RegisterSubAgentsInput : AgentRunInput
{
    /// <summary>The step that calls them, from 1.</summary>
    public required int Step { get; init; }

    /// <summary>The sub-agents, at least one, each for a call of its own.</summary>
    public required IReadOnlyList<SubAgentReference> SubAgents { get; init; }

    /// <inheritdoc />
    public override void Validate()
    {
        base.Validate();
        InputChecks.Step(Step);
        if (SubAgents is not { Count: > 0 })
        {
            throw new InvalidInputException("subAgents", "There is at least one.");
        }

        var calls = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < SubAgents.Count; index++)
        {
            var path = $"subAgents[{index}]";
            (SubAgents[index] ?? throw new InvalidInputException(path, "It is an object.")).Validate(path);
            if (!calls.Add(SubAgents[index].ToolCallId))
            {
                throw new InvalidInputException($"{path}.toolCallId", "Another sub-agent has this call.");
            }
        }
    }
}
