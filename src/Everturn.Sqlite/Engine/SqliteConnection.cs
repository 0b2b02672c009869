using Everturn.Storage;
using SQLitePCL;

namespace Everturn.Sqlite.Engine;

/// <summary>
/// One SQLite connection with its prepared statements. Not thread-safe: its owner sees to it that one thread at a time
/// uses it, which is why SQLite's own mutex is off.
/// </summary>
internal sealed class SqliteConnection : IDisposable
{
    // Constant texts are interned, so comparing references is enough and spares hashing long SQL on the hot path.
    private readonly Dictionary<string, Statement> _cache = new(ReferenceEqualityComparer.Instance);
    private readonly sqlite3 _handle;
    private readonly TablePrefix? _prefix;
    private long? _dataVersion;

    static SqliteConnection()
    {
        Batteries_V2.Init();
        // Nobody asks how much memory SQLite uses, and counting it takes a lock of the whole process at each allocation.
        // Refused where somebody in this process used SQLite before, which does no harm.
        raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    private SqliteConnection(sqlite3 handle, TablePrefix? prefix = null)
    {
        _handle = handle;
        _prefix = prefix;
    }

    /// <summary>True while no transaction is open.</summary>
    public bool IsAutocommit => raw.sqlite3_get_autocommit(_handle) != 0;

    /// <summary>
    /// Another number once rows that were read on this connection earlier may not be what is stored any more: somebody else
    /// wrote, or a commit that does not say what.
    /// </summary>
    public long RowsVersion { get; private set; }

    /// <summary>
    /// The node that was found to be live last, for as long as <see cref="RowsVersion"/> is the same. Stays null on a
    /// connection that does not note what others write.
    /// </summary>
    public NodeIdentity? LiveNode
    {
        get;
        set => field = RowsVersion == 0 ? null : value;
    }

    /// <summary>Rows changed by the statement that ran last.</summary>
    public int Changes => raw.sqlite3_changes(_handle);

    /// <summary>Opens a file, creating it if need be, with nothing set but what keeps the WAL when it is closed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="keepWal">
    /// Whether the WAL stays as it is when the last connection closes, instead of being copied back and deleted.
    /// </param>
    public static SqliteConnection Open(string path, bool keepWal = true)
    {
        const int flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX;
        var code = raw.sqlite3_open_v2(path, out var handle, flags, null);
        var connection = new SqliteConnection(handle);
        try
        {
            connection.Check(code);
            raw.sqlite3_extended_result_codes(handle, 1);
            // The last connection would otherwise checkpoint and delete the WAL, and the next open would grow it anew.
            connection.Check(
                raw.sqlite3_db_config(handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keepWal ? 1 : 0, out _)
            );
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The same connection for statements that are to be rewritten. It has a life of its own as far as they are concerned:
    /// dispose it before the connection.
    /// </summary>
    public SqliteConnection Rewriting(TablePrefix prefix) => new(_handle, prefix);

    /// <summary>
    /// The prepared statement for <paramref name="sql"/>, which must be a constant: it is kept as long as the
    /// connection. Dispose it to reset it.
    /// </summary>
    public Statement Use(string sql)
    {
        if (!_cache.TryGetValue(sql, out var statement))
        {
            statement = Compile(sql, cached: true);
            _cache.Add(sql, statement);
        }
        return statement.TryEnter() ? statement : Prepare(sql);
    }

    /// <summary>A statement that is used once, for SQL that is put together at run time.</summary>
    public Statement Prepare(string sql)
    {
        var statement = Compile(sql, cached: false);
        statement.TryEnter();
        return statement;
    }

    /// <summary>The first statement of a text, and what is left of it. Null where the text has none.</summary>
    public Statement? PrepareFirst(string sql, out string rest)
    {
        Check(raw.sqlite3_prepare_v2(_handle, sql, out var handle, out rest));
        if (handle.IsInvalid)
            return null;
        var statement = new Statement(this, handle, cached: false);
        statement.TryEnter();
        return statement;
    }

    /// <summary>Asks <paramref name="authorizer"/> about everything that a statement to be compiled would do.</summary>
    public void Authorize(strdelegate_authorizer? authorizer) =>
        Check(raw.sqlite3_set_authorizer(_handle, authorizer, null));

    /// <summary>Runs a constant statement without parameters to its end.</summary>
    public void Execute(string sql)
    {
        using var statement = Use(sql);
        statement.Run();
    }

    /// <summary>Runs one or several statements that are not worth keeping: pragmas, schema.</summary>
    public void ExecuteOnce(string sql) => Check(raw.sqlite3_exec(_handle, Rewrite(sql)));

    /// <summary>The first column of the first row, or null without a row.</summary>
    public long? QueryLong(string sql)
    {
        using var statement = Use(sql);
        return statement.Read() ? statement.Long(0) : null;
    }

    /// <summary>Inside a transaction: finds out whether another connection wrote since the last time.</summary>
    public void NoteOthersWrites()
    {
        var version = QueryLong("PRAGMA data_version");
        if (version != _dataVersion)
            ForgetRows();
        _dataVersion = version;
    }

    /// <summary>What was read earlier may have changed.</summary>
    public void ForgetRows()
    {
        RowsVersion++;
        LiveNode = null;
    }

    public void BusyTimeout(TimeSpan timeout) =>
        Check(raw.sqlite3_busy_timeout(_handle, (int)timeout.TotalMilliseconds));

    /// <summary>Copies as much of the WAL into the main file as readers allow, so that it starts again at its front.</summary>
    /// <returns>False when another connection is in the way.</returns>
    public bool RestartWal()
    {
        var code = raw.sqlite3_wal_checkpoint_v2(_handle, "main", raw.SQLITE_CHECKPOINT_RESTART, out _, out _);
        if (code is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
            return false;
        Check(code);
        return true;
    }

    public void Dispose()
    {
        foreach (var statement in _cache.Values)
            statement.Finish();
        _cache.Clear();
        if (_prefix is null)
            _handle.Dispose();
    }

    internal void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
            throw Failure(code);
    }

    private SqliteException Failure(int code)
    {
        if (_handle.IsInvalid)
            return new SqliteException(code, raw.sqlite3_errstr(code).utf8_to_string());
        return new SqliteException(
            Math.Max(code, raw.sqlite3_extended_errcode(_handle)),
            raw.sqlite3_errmsg(_handle).utf8_to_string()
        );
    }

    private string Rewrite(string sql) => _prefix is null ? sql : _prefix.Rewrite(sql);

    private Statement Compile(string sql, bool cached)
    {
        Check(raw.sqlite3_prepare_v2(_handle, Rewrite(sql), out var handle));
        return new Statement(this, handle, cached);
    }
}
