using Everturn.Sqlite.Engine;
using SQLitePCL;

namespace Everturn.Sqlite.StatefulAgents;

/// <summary>
/// What statements of users may not do in an object's database: transactions, which belong to turns; other files;
/// settings; tables whose names begin with <c>_cf_</c> (Durable Objects, <c>sql.exec</c>).
/// </summary>
internal sealed class UserStatements
{
    private static readonly HashSet<string> Pragmas = new(StringComparer.OrdinalIgnoreCase)
    {
        "table_info",
        "table_xinfo",
        "table_list",
        "index_info",
        "index_xinfo",
        "index_list",
        "foreign_key_list",
        "foreign_key_check",
        "function_list",
        "quick_check",
        "optimize",
        "defer_foreign_keys",
        "foreign_keys",
        "case_sensitive_like",
        "recursive_triggers",
        "data_version",
    };

    private readonly SqliteConnection _connection;
    private bool _isUser;
    private string? _refused;

    // Setting the authorizer anew would make SQLite compile every statement again.
    public UserStatements(SqliteConnection connection)
    {
        _connection = connection;
        connection.Authorize((_, action, first, second, _, _) => Decide(action, first, second));
    }

    /// <summary>Compiles under these rules.</summary>
    public Statement? PrepareFirst(string sql, out string rest)
    {
        _isUser = true;
        _refused = null;
        try
        {
            return _connection.PrepareFirst(sql, out rest);
        }
        catch (SqliteException) when (_refused is not null)
        {
            // As any statement that is wrong: the file is fine.
            throw new SqliteException(raw.SQLITE_ERROR, _refused);
        }
        finally
        {
            _isUser = false;
        }
    }

    private int Decide(int action, string? first, string? second)
    {
        if (!_isUser)
            return raw.SQLITE_OK;
        _refused ??= action switch
        {
            raw.SQLITE_TRANSACTION or raw.SQLITE_SAVEPOINT =>
                "not authorized: a turn is a transaction already; use Storage.Transaction for one that can be undone",
            raw.SQLITE_ATTACH or raw.SQLITE_DETACH => "not authorized: an object has one database",
            raw.SQLITE_PRAGMA when first is null || !Pragmas.Contains(first) => $"not authorized: PRAGMA {first}",
            raw.SQLITE_FUNCTION when second is "load_extension" => "not authorized: load_extension",
            _ when IsReserved(action, first, second) => "not authorized: names beginning with _cf_ are reserved",
            _ => null,
        };
        return _refused is null ? raw.SQLITE_OK : raw.SQLITE_DENY;
    }

    // For every action on a table its name is the first thing, but for indices and triggers the second.
    private static bool IsReserved(int action, string? first, string? second) =>
        action != raw.SQLITE_FUNCTION && action != raw.SQLITE_PRAGMA && (Begins(first) || Begins(second));

    private static bool Begins(string? name) => name?.StartsWith("_cf_", StringComparison.OrdinalIgnoreCase) ?? false;
}
