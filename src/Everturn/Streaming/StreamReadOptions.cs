namespace Everturn.Streaming;

/// <summary>How to read a stream.</summary>
public sealed record StreamReadOptions
{
    /// <summary>The last number the reader has; the read begins with the one after it. Default 0: all that is stored.</summary>
    public long AfterSequence { get; init; }

    /// <summary>Whether to go on with later runs after the current one ended. Default: end there.</summary>
    public bool Follow { get; init; }
}
