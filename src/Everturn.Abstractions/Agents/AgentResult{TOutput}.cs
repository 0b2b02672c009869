namespace Everturn.Agents;

/// <summary>How a run ended, with its output.</summary>
/// <typeparam name="TOutput">The output.</typeparam>
public sealed record AgentResult<TOutput> : AgentResult
{
    /// <summary>The output; default unless it completed.</summary>
    public TOutput? Output { get; init; }
}
