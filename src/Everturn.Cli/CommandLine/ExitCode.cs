namespace Everturn.Cli.CommandLine;

/// <summary>How the program ends. Documented, and stable for scripts.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>It was done and did not go well: a run or instance that failed, a doctor's finding.</summary>
    public const int Failed = 1;

    /// <summary>The command line or a value in it is not acceptable.</summary>
    public const int Usage = 2;

    public const int NotFound = 3;

    /// <summary>The caller is not known or may not.</summary>
    public const int Forbidden = 4;

    /// <summary>The server cannot be reached, or cannot work at the moment: again later.</summary>
    public const int Unavailable = 5;

    /// <summary>The state of the session or instance does not allow it.</summary>
    public const int Conflict = 6;

    /// <summary>Ctrl-C, as shells have it.</summary>
    public const int Interrupted = 130;
}
