using Everturn.Sessions;

namespace Everturn.Workflows;

/// <summary>How a workflow asks for an approval.</summary>
public sealed record ApprovalOptions
{
    /// <summary>What is to be done, as lists show it: 1 to 256 characters. Default: the step's name.</summary>
    public string? Tool { get; init; }

    /// <summary>How long somebody may take: 1 second to 365 days. Null, the default, for as long as it takes.</summary>
    public TimeSpan? AnswerWithin { get; init; }

    /// <summary>
    /// What applies after <see cref="AnswerWithin"/>: <c>expire</c>, the default, is an outcome of its own, <c>deny</c> a
    /// refusal, and with <c>error</c> the step throws <see cref="WorkflowTimeoutException"/>.
    /// </summary>
    public ExpiryOutcome OnExpiry { get; init; } = ExpiryOutcome.Expire;

    /// <summary>
    /// The user who is asked: lists can be narrowed to them, and over HTTP the default authorizer lets them answer. At
    /// most 256 characters. Null, the default, for nobody's.
    /// </summary>
    public string? UserId { get; init; }

    /// <summary>Keeps the arguments out of lists, and the decision out of logs and introspection. Default false.</summary>
    public bool Sensitive { get; init; }
}
