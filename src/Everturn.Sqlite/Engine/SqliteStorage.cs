using Everturn.Sqlite.StatefulAgents;
using Everturn.Storage;

namespace Everturn.Sqlite.Engine;

/// <summary>
/// A data directory in use: one main file that all stores share, with one writing thread, and around it blobs, locks and
/// signals.
/// </summary>
internal sealed class SqliteStorage : IAsyncDisposable
{
    private readonly DataVersionWatcher _watcher;
    private readonly PayloadCodecs _codecs;
    private readonly ICommitObserver? _observer;
    private readonly NodeDirectory _node;

    private SqliteStorage(DataDirectory directory, SqliteOptions options, StorageServices services)
    {
        var log = services.Loggers.CreateLogger("Everturn.Sqlite");
        var hooks = new CommitterHooks { Observer = services.Observer, Fault = services.Fault };
        Directory = directory;
        Services = services;
        Time = services.Time;
        ObjectWriters = new ObjectWriters(options.ObjectWriters);
        InlineLimit = options.InlineLimitBytes;
        _codecs = new PayloadCodecs(services.Codecs);
        _observer = services.Observer;
        Blobs = new BlobDirectory(directory.Blobs, services.Time, services.Observer);
        Payloads = new PayloadStore(_codecs, Blobs, InlineLimit);
        Reads = new ReadPool(directory.Database, options.ReadConnections);
        _node = new NodeDirectory(directory.Locks, options.Lease, services.Time, Reads, log);
        _watcher = new DataVersionWatcher(directory.Database, options.ChangePollInterval, services.Time);
        hooks.Committed = _watcher.Signal;
        hooks.Rejoin = _node.Rejoin;
        Committer = new GroupCommitter(
            directory.Database,
            hooks,
            new CommitLimits { Queue = options.MaxQueuedWrites },
            log
        );
    }

    /// <summary>Where things are.</summary>
    public DataDirectory Directory { get; }

    /// <summary>What the host brings.</summary>
    public StorageServices Services { get; }

    /// <summary>Threads that write objects' files.</summary>
    public ObjectWriters ObjectWriters { get; }

    /// <summary>The clock that everything here goes by.</summary>
    public TimeProvider Time { get; }

    /// <summary>All writes go through it.</summary>
    public GroupCommitter Committer { get; }

    /// <summary>All reads go through it.</summary>
    public ReadPool Reads { get; }

    /// <summary>This process's node, and the others.</summary>
    public INodeDirectory Nodes => _node;

    /// <summary>Tells of commits of all processes.</summary>
    public IChangeSignal Changes => _watcher;

    /// <summary>Large payloads.</summary>
    public BlobDirectory Blobs { get; }

    /// <summary>Turns content into columns and back.</summary>
    public PayloadStore Payloads { get; }

    /// <summary>Encoded bytes that still go into a row.</summary>
    public int InlineLimit { get; }

    /// <summary>
    /// Content with blobs of its own, for a store whose sweeper decides by its own tables which of them are needed.
    /// </summary>
    /// <param name="area">The name of its directory below that of all blobs.</param>
    public (PayloadStore Payloads, BlobDirectory Blobs) OpenArea(string area)
    {
        var blobs = new BlobDirectory(Path.Combine(Directory.Blobs, area), Time, _observer);
        return (new PayloadStore(_codecs, blobs, InlineLimit), blobs);
    }

    /// <summary>Opens the directory, creates or migrates the file, and takes this process's place among the nodes.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="schemas">The tables of every store that will use this.</param>
    /// <param name="services">What the host brings.</param>
    /// <param name="cancellationToken">Gives up opening.</param>
    /// <exception cref="InvalidInputException">An option is not acceptable.</exception>
    /// <exception cref="StoreVersionException">The data is of a newer Everturn; it was not touched.</exception>
    /// <exception cref="StoreUnavailableException">The directory cannot be used.</exception>
    public static async Task<SqliteStorage> OpenAsync(
        SqliteOptions options,
        IReadOnlyList<Schema> schemas,
        StorageServices services,
        CancellationToken cancellationToken = default
    )
    {
        options.Validate();
        var directory = DataDirectory.Create(options.DataDirectory);
        SqliteStorage storage;
        try
        {
            SchemaMigrator.Migrate(directory.Database, [EngineSchema.Schema, .. schemas]);
            WalPreparation.Prepare(directory.Database);
            storage = new SqliteStorage(directory, options, services);
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"The store in {directory.Root} cannot be opened.", exception);
        }
        try
        {
            await storage._node.JoinAsync(storage.Committer, cancellationToken).ConfigureAwait(false);
            return storage;
        }
        catch
        {
            await storage.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Gives up this node's place, writes what is queued and closes the files.</summary>
    public async ValueTask DisposeAsync()
    {
        await ObjectWriters.DisposeAsync().ConfigureAwait(false);
        await _node.DisposeAsync().ConfigureAwait(false);
        await Committer.DisposeAsync().ConfigureAwait(false);
        _watcher.Dispose();
        Reads.Dispose();
    }
}
