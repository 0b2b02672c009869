namespace Everturn.Sqlite.Engine;

/// <summary>What bounds a group commit.</summary>
internal sealed record CommitLimits
{
    /// <summary>Items waiting; further callers wait for a place.</summary>
    public int Queue { get; init; } = 8192;

    /// <summary>Items of one transaction.</summary>
    public int BatchItems { get; init; } = 1024;

    /// <summary>Bytes of one transaction, a quarter of the prepared WAL.</summary>
    public long BatchBytes { get; init; } = WalPreparation.Bytes / 4;

    /// <summary>How long one transaction may collect items.</summary>
    public TimeSpan BatchTime { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>After so much work without a pause, other processes get the write lock for a millisecond.</summary>
    public TimeSpan YieldEvery { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long another process may hold the write lock before the waiting items are refused.</summary>
    public TimeSpan LockWait { get; init; } = TimeSpan.FromSeconds(30);
}
