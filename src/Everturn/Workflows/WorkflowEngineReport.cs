namespace Everturn.Workflows;

/// <summary>How the engine of this process is at one moment.</summary>
public sealed record WorkflowEngineReport
{
    /// <summary>Neither writing nor looking for work fails right now.</summary>
    public bool IsHealthy => FailedCommits == 0 && FailedPolls == 0;

    /// <summary>Commits that failed since the last one that succeeded, races for ownership not among them.</summary>
    public int FailedCommits { get; init; }

    /// <summary>Looks for work that failed since the last one that succeeded.</summary>
    public int FailedPolls { get; init; }

    /// <summary>When the last look for work ended well; null before the first.</summary>
    public DateTimeOffset? LastPollAt { get; init; }

    /// <summary>The last failure's message, also when it is over.</summary>
    public string? LastError { get; init; }

    /// <summary>When the last failure was.</summary>
    public DateTimeOffset? LastErrorAt { get; init; }

    /// <summary>Instances in memory at the last look for work.</summary>
    public int ActiveInstances { get; init; }
}
