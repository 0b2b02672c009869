namespace Everturn.Workflows;

/// <summary>How this host executes workflows.</summary>
public sealed class WorkflowOptions
{
    /// <summary>
    /// How often the host looks for dead nodes and for changes made by other processes, more than zero. Default 250 ms.
    /// </summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// An instance that only waits stays in memory if it goes on within this time; otherwise it leaves memory. Not
    /// negative. Default 1 second.
    /// </summary>
    public TimeSpan StayInMemory { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a step is under way before its start becomes visible to others, and its attempt counts although its
    /// process dies, more than zero. Default 250 ms.
    /// </summary>
    public TimeSpan ProgressDelay { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How often instances whose retention is over are removed, more than zero. Default 1 minute.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Instances that this host executes at a time, from 1; others are queued. Waiting ones do not count. Default 1,000.</summary>
    public int MaxActive { get; set; } = 1_000;

    /// <summary>
    /// How often an instance may be claimed without getting any further, from 1, before it fails with
    /// <c>recovery_exhausted</c>: one that ends its host must not loop. Default 5.
    /// </summary>
    public int MaxClaims { get; set; } = 5;

    /// <summary>How long a stopping host lets steps in flight finish before it cancels them; they then run again elsewhere. Default 5 seconds.</summary>
    public TimeSpan ShutdownGrace { get; set; } = TimeSpan.FromSeconds(5);
}
