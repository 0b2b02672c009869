using Everturn.Sessions;

namespace Everturn.Agents;

/// <summary>How an agent uses a tool.</summary>
public sealed class AgentToolOptions
{
    /// <summary>What the model calls; default: the method's or function's own name.</summary>
    public string? Name { get; set; }

    /// <summary>What the model is told; default: the method's or function's own description.</summary>
    public string? Description { get; set; }

    /// <summary>What repeating a call would do. Default <see cref="ToolEffect.Idempotent"/>.</summary>
    public ToolEffect Effect { get; set; }

    /// <summary>Time for one attempt; null for no limit. Default 5 minutes.</summary>
    public TimeSpan? Timeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Keeps arguments and results out of streams, logs and traces. Default false.</summary>
    public bool Sensitive { get; set; }

    /// <summary>Whether a successful call completes the run with its result as output. Default false.</summary>
    public bool FinishesRun { get; set; }

    /// <summary>
    /// How long a call waits for the client's result or a person's decision; null for ever. Default null.
    /// </summary>
    public TimeSpan? AnswerWithin { get; set; }

    /// <summary>What applies after that. Default <see cref="ExpiryOutcome.Deny"/>.</summary>
    public ExpiryOutcome OnExpiry { get; set; } = ExpiryOutcome.Deny;

    /// <summary>Whether a person must allow a call; null where none needs it.</summary>
    public Func<ApprovalCheck, bool>? NeedsApproval { get; private set; }

    /// <summary>Requires that a person allows each call.</summary>
    /// <returns>The same options.</returns>
    public AgentToolOptions RequireApproval() => RequireApproval(static _ => true);

    /// <summary>Requires that a person allows some calls.</summary>
    /// <param name="when">
    /// Says by the arguments which. Asked once for each call; where it throws, the call needs approval.
    /// </param>
    /// <returns>The same options.</returns>
    public AgentToolOptions RequireApproval(Func<ApprovalCheck, bool> when)
    {
        ArgumentNullException.ThrowIfNull(when);
        NeedsApproval = when;
        return this;
    }
}
