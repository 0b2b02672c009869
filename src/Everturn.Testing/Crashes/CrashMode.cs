namespace Everturn.Testing.Crashes;

/// <summary>What happens to a process at its crash point.</summary>
public enum CrashMode
{
    /// <summary>It is killed with SIGKILL: no handler, no <c>finally</c>, no flush.</summary>
    Kill,

    /// <summary>It is stopped with SIGSTOP, as by a very long pause, until it gets SIGCONT.</summary>
    Stop,
}
