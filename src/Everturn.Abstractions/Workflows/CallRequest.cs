using Everturn.Sessions;

namespace Everturn.Workflows;

/// <summary>What a workflow asks somebody outside for.</summary>
/// <param name="Arguments">The arguments as JSON.</param>
internal sealed record CallRequest(ReadOnlyMemory<byte> Arguments)
{
    /// <summary>The JSON schema that an answer must fit: edited arguments, or the result.</summary>
    public ReadOnlyMemory<byte> Schema { get; init; }

    /// <summary>What is to be done; null for the step's name.</summary>
    public string? Tool { get; init; }

    public TimeSpan? AnswerWithin { get; init; }

    public ExpiryOutcome OnExpiry { get; init; } = ExpiryOutcome.Error;

    public string? UserId { get; init; }

    public bool Sensitive { get; init; }
}
