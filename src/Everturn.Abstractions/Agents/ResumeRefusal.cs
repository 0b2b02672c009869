namespace Everturn.Agents;

/// <summary>Why a session cannot be resumed or retried. Stable names, shown as they are.</summary>
public static class ResumeRefusal
{
    /// <summary>The session has no run yet.</summary>
    public const string NotStarted = "not_started";

    /// <summary>A run is running.</summary>
    public const string Running = "running";

    /// <summary>The run waits for answers that have not been given.</summary>
    public const string AwaitingAnswers = "awaiting_answers";

    /// <summary>The run is suspended: a retry is not for it, a resume is.</summary>
    public const string Suspended = "suspended";

    /// <summary>The run completed: send the next message.</summary>
    public const string Completed = "completed";

    /// <summary>The run failed: retry it, or send the next message.</summary>
    public const string Failed = "failed";

    /// <summary>The run was aborted, which is final: send the next message.</summary>
    public const string Aborted = "aborted";
}
