using Everturn.Sqlite.Engine;
using Everturn.Sqlite.Hosting;
using Everturn.Sqlite.Sessions;
using Everturn.Sqlite.StatefulAgents;
using Everturn.Sqlite.Workflows;
using Everturn.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Everturn.Sqlite;

/// <summary>
/// A data directory, shared by the stores of this process. Open it before anything is asked of them; with
/// <c>UseSqlite</c> the host does.
/// </summary>
public sealed class SqliteDatabase : IAsyncDisposable
{
    private readonly StorageServices _services;
    private readonly DeferredNodeDirectory _nodes;
    private readonly DeferredChangeSignal _changes = new();
    private readonly SemaphoreSlim _opening = new(1);
    private volatile SqliteStorage? _storage;
    private bool _disposed;

    /// <param name="options">Where and how; not to be changed afterwards.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="loggers">Where logs go; null for nowhere.</param>
    /// <param name="codecs">Codecs besides the plain one; the last one encodes, all decode.</param>
    /// <param name="observer">Watches durable writes; null for nobody.</param>
    public SqliteDatabase(
        SqliteOptions options,
        TimeProvider? time = null,
        ILoggerFactory? loggers = null,
        IEnumerable<IPayloadCodec>? codecs = null,
        ICommitObserver? observer = null
    )
        : this(
            options,
            new StorageServices
            {
                Time = time ?? TimeProvider.System,
                Loggers = loggers ?? NullLoggerFactory.Instance,
                Codecs = codecs ?? [],
                Observer = observer,
            }
        ) { }

    internal SqliteDatabase(SqliteOptions options, StorageServices services)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        _services = services;
        _nodes = new DeferredNodeDirectory(this);
    }

    /// <summary>This process's node, and the others.</summary>
    public INodeDirectory Nodes => _nodes;

    /// <summary>Tells of commits of all processes. Listeners may come before the database is open.</summary>
    public IChangeSignal Changes => _changes;

    internal SqliteOptions Options { get; }

    /// <summary>Whether it was opened; it may be closed since.</summary>
    internal bool IsOpen => _storage is not null;

    /// <exception cref="StoreUnavailableException">It is not open.</exception>
    internal SqliteStorage Storage =>
        _storage
        ?? throw new StoreUnavailableException(
            $"The store in '{Options.DataDirectory}' is not open. Start the host, or call OpenAsync."
        );

    /// <summary>Creates or migrates the data and takes this process's place. Does nothing when it is open.</summary>
    /// <param name="cancellationToken">Gives up opening.</param>
    /// <exception cref="InvalidInputException">An option is not acceptable; it is named.</exception>
    /// <exception cref="StoreVersionException">The data is of a newer Everturn; it was not touched.</exception>
    /// <exception cref="StoreUnavailableException">The directory cannot be used.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken = default)
    {
        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_storage is not null)
                return;
            var storage = await SqliteStorage
                .OpenAsync(
                    Options,
                    [SessionSchema.Schema, WorkflowSchema.Schema, ObjectSchema.Schema],
                    _services,
                    cancellationToken
                )
                .ConfigureAwait(false);
            _storage = storage;
            _changes.Follow(storage.Changes);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>Gives up this process's place, writes what is queued and closes the files.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        if (_storage is { } storage)
            await storage.DisposeAsync().ConfigureAwait(false);
        _opening.Dispose();
    }
}
