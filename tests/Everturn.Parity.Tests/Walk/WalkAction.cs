namespace Everturn.Parity.Tests.Walk;

/// <summary>What may happen to a session, in any order.</summary>
internal enum WalkAction
{
    /// <summary>A message, under one of the policies.</summary>
    Send,

    /// <summary>A model call or a tool that holds goes on.</summary>
    Go,

    /// <summary>An answer to a call that waits.</summary>
    Answer,

    /// <summary>The time of what waits is over.</summary>
    Expire,

    Interrupt,
    InterruptAtCheckpoint,
    Abort,

    /// <summary>A message that waits is taken back.</summary>
    Withdraw,

    /// <summary>The host dies, and another one comes.</summary>
    Crash,

    /// <summary>The host stops in order, and another one comes.</summary>
    Restart,

    Resume,
    Retry,

    /// <summary>The session goes on from an earlier checkpoint.</summary>
    Branch,
}
