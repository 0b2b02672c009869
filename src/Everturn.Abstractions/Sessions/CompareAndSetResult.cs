namespace Everturn.Sessions;

/// <summary>The outcome of a compare-and-set of a session's status.</summary>
/// <param name="Ok">Whether the status was set.</param>
/// <param name="CurrentStatus">The status now.</param>
/// <param name="CurrentVersion">The version now.</param>
public sealed record CompareAndSetResult(bool Ok, SessionStatus CurrentStatus, long CurrentVersion);
