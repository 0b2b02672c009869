using Everturn.Sessions;
using Everturn.Usage;

namespace Everturn.Agents;

/// <summary>The model has answered, or failed to. Nothing of it is durable yet.</summary>
/// <param name="Running">Where it comes from.</param>
/// <param name="Attempt">From 1; more where a call failed and is repeated.</param>
/// <param name="Duration">How long the call took.</param>
public sealed record AfterModelCallContext(RunningHookScope Running, int Attempt, TimeSpan Duration)
    : RunningHookContext(Running)
{
    /// <summary>The text of the answer; empty for none.</summary>
    public string Text { get; init; } = "";

    /// <summary>The tools that the model wants to call.</summary>
    public IReadOnlyList<ToolCall> ToolCalls { get; init; } = [];

    /// <summary>Tokens, where the service told them.</summary>
    public TokenUsage? Tokens { get; init; }

    /// <summary>The model that answered, where the service told it.</summary>
    public string? ModelId { get; init; }

    /// <summary>True where an interrupt cut the answer short.</summary>
    public bool IsPartial { get; init; }

    /// <summary>Why the call failed; null where it did not. It may be repeated.</summary>
    public Exception? Exception { get; init; }
}
