namespace Everturn.Parity.Tests.Matrix;

/// <summary>How a scenario follows its runs.</summary>
public enum Reading
{
    /// <summary>Every chunk as it comes.</summary>
    Streaming,

    /// <summary>The outcome alone.</summary>
    Waiting,
}
