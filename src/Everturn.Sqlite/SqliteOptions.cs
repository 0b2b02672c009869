namespace Everturn.Sqlite;

/// <summary>
/// Where and how the embedded store keeps its data. Processes on one machine may share a data directory; a network file
/// system is refused, since SQLite's locks and shared memory do not work there.
/// </summary>
public sealed class SqliteOptions
{
    /// <summary>
    /// The directory of the main file, blobs, object files and locks; created if it is missing. Required. A relative
    /// path counts from the current directory.
    /// </summary>
    public string DataDirectory { get; set; } = "";

    /// <summary>
    /// How long a process that still exists may be silent (stopped, or starved of CPU) before another one takes over
    /// what it was executing. A process that ended is noticed at once, whatever this says. Default 10 seconds; 500
    /// milliseconds to 1 hour.
    /// </summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How often commits of other processes are looked for. Default 100 milliseconds; 50 to 250.
    /// </summary>
    public TimeSpan ChangePollInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Read connections that are kept open; more are opened when more threads read at once, and closed afterwards.
    /// Default 4; 1 to 64.
    /// </summary>
    public int ReadConnections { get; set; } = 4;

    /// <summary>
    /// Payloads up to so many bytes are stored in their row, larger ones in a file of their own. Default 16,384; 0 to
    /// 1,048,576.
    /// </summary>
    public int InlineLimitBytes { get; set; } = 16 * 1024;

    /// <summary>Writes that may wait for the writing thread; further callers wait for a place. Default 8,192; 1 to 1,000,000.</summary>
    public int MaxQueuedWrites { get; set; } = 8192;

    /// <summary>
    /// Threads that write the files of stateful agents, started as they are needed: so many syncs of different objects
    /// can be under way at once. Default 16; 1 to 256.
    /// </summary>
    public int ObjectWriters { get; set; } = 16;

    /// <summary>
    /// Whether a run's workflow instance is created in the transaction that begins the run, which saves a sync. Turned
    /// off, it is created through the outbox, as in stores that do not hold both. Default true.
    /// </summary>
    public bool CoLocateInstances { get; set; } = true;

    /// <summary>Checks every value.</summary>
    /// <exception cref="InvalidInputException">A value is out of range; its field is named.</exception>
    public void Validate()
    {
        if (string.IsNullOrWhiteSpace(DataDirectory))
            throw new InvalidInputException(nameof(DataDirectory), "name the directory for the data.");
        Require(nameof(Lease), Lease, TimeSpan.FromMilliseconds(500), TimeSpan.FromHours(1));
        Require(
            nameof(ChangePollInterval),
            ChangePollInterval,
            TimeSpan.FromMilliseconds(50),
            TimeSpan.FromMilliseconds(250)
        );
        Require(nameof(ReadConnections), ReadConnections, 1, 64);
        Require(nameof(InlineLimitBytes), InlineLimitBytes, 0, 1024 * 1024);
        Require(nameof(ObjectWriters), ObjectWriters, 1, 256);
        Require(nameof(MaxQueuedWrites), MaxQueuedWrites, 1, 1_000_000);
    }

    private static void Require<T>(string field, T value, T least, T most)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
            throw new InvalidInputException(field, $"must be between {least} and {most}.");
    }
}
