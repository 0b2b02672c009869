using Everturn.Sessions;
using Microsoft.Extensions.AI;

namespace Everturn.Agents;

/// <summary>A tool as an agent has it: the function, and how calls of it are treated.</summary>
public sealed record AgentTool
{
    /// <summary>What the model calls.</summary>
    public required string Name { get; init; }

    /// <summary>What the model is told instead of the function's own description.</summary>
    public string? Description { get; init; }

    /// <summary>What is told to the model.</summary>
    public required AIFunctionDeclaration Declaration { get; init; }

    /// <summary>What is invoked; null where the client executes the calls.</summary>
    public AIFunction? Function => Declaration as AIFunction;

    /// <summary>Whether a person must allow a call; null where none needs it.</summary>
    public Func<ApprovalCheck, bool>? NeedsApproval { get; init; }

    /// <summary>How long a call waits for its answer; null for ever.</summary>
    public TimeSpan? AnswerWithin { get; init; }

    /// <summary>What applies after that.</summary>
    public ExpiryOutcome OnExpiry { get; init; } = ExpiryOutcome.Deny;

    /// <summary>What repeating a call would do.</summary>
    public ToolEffect Effect { get; init; }

    /// <summary>Time for one attempt; null for no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Whether arguments and results are kept out of streams, logs and traces.</summary>
    public bool Sensitive { get; init; }

    /// <summary>Whether a successful call completes the run with its result as output.</summary>
    public bool FinishesRun { get; init; }
}
