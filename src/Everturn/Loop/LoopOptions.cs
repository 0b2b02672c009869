namespace Everturn.Loop;

/// <summary>Options of the agent loop that concern the process, not an agent.</summary>
public sealed class LoopOptions
{
    /// <summary>
    /// Memory for transcripts kept warm between turns, in bytes, roughly. A turn of a session that is not among those used
    /// last reads its whole transcript again, so set it to what the sessions in use at a time take. Default 64 MiB.
    /// </summary>
    public long ConversationCacheBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>How long an interrupted tool may take to stop before it is left behind. Default 2 seconds.</summary>
    public TimeSpan ToolStopGrace { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the run waits for a hook before it goes on without it. Default 30 seconds.</summary>
    public TimeSpan HookTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether a run that waits for answers is resumed by itself when the last one arrives, or its time is over. Default
    /// false: whoever answers resumes. An agent may say otherwise where it is added.
    /// </summary>
    public bool ResumeWhenAnswered { get; set; }

    /// <summary>Claims of a run without progress after which it fails. Default 5.</summary>
    public int MaxClaims { get; set; } = 5;
}
