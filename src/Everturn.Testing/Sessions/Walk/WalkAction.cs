namespace Everturn.Testing.Sessions.Walk;

/// <summary>What a step of a random walk does.</summary>
internal enum WalkAction
{
    Start,
    Continue,
    GoBack,
    Stop,
    Work,
    End,
    Claim,
    Command,
    Change,
    CompareAndSet,
    Delete,
    Reactivate,
    RecordUsage,
    CompleteOutbox,
    Sweep,
    FenceNode,
    Reopen,
}
