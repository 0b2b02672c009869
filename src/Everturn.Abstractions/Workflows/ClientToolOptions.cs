namespace Everturn.Workflows;

/// <summary>How a workflow asks a client to execute something.</summary>
public sealed record ClientToolOptions
{
    /// <summary>The client's tool: 1 to 256 characters. Default: the step's name.</summary>
    public string? Tool { get; init; }

    /// <summary>
    /// How long the client may take: 1 second to 365 days; then the step throws <see cref="WorkflowTimeoutException"/>.
    /// Null, the default, for as long as it takes.
    /// </summary>
    public TimeSpan? AnswerWithin { get; init; }

    /// <summary>
    /// The user whose client is asked: lists can be narrowed to them, and over HTTP the default authorizer lets them
    /// answer. At most 256 characters. Null, the default, for nobody's.
    /// </summary>
    public string? UserId { get; init; }

    /// <summary>Keeps the arguments out of lists, and the result out of logs and introspection. Default false.</summary>
    public bool Sensitive { get; init; }
}
