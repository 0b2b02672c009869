namespace Everturn.Sessions;

/// <summary>A durable request to a run. Any process that shares the store may write one; the owner obeys it.</summary>
public sealed record CommandRecord
{
    /// <summary>The session.</summary>
    public required SessionKey Session { get; init; }

    /// <summary>The run it is for.</summary>
    public required string RunId { get; init; }

    /// <summary>Place among the run's commands, from 1. The store fills it in.</summary>
    public int Revision { get; init; }

    /// <summary>What is asked.</summary>
    public required CommandKind Kind { get; init; }

    /// <summary>Why, in the asker's words.</summary>
    public string? Reason { get; init; }

    /// <summary>Further content, JSON; for steer the message.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
