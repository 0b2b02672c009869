namespace Everturn.Workflows;

/// <summary>How the wait before a retry grows with the number n of the attempt that failed (from 1).</summary>
public enum Backoff
{
    /// <summary>Always the delay.</summary>
    Constant,

    /// <summary>Delay times n.</summary>
    Linear,

    /// <summary>Delay times 2 to the power of n - 1.</summary>
    Exponential,
}
