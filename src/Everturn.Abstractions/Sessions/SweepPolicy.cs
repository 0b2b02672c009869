namespace Everturn.Sessions;

/// <summary>How long things are kept. Null keeps them for ever.</summary>
public sealed record SweepPolicy
{
    /// <summary>Chunks of committed steps, after their run ended. Default: for ever.</summary>
    public TimeSpan? Chunks { get; init; }

    /// <summary>Records of ended runs and their checkpoints, except the newest run. Default: for ever.</summary>
    public TimeSpan? Runs { get; init; }

    /// <summary>Request ids: as long as that, the same request gives the same run. Default 24 hours.</summary>
    public TimeSpan RequestIds { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Tombstones of deleted sessions. Default 30 days.</summary>
    public TimeSpan Tombstones { get; init; } = TimeSpan.FromDays(30);
}
