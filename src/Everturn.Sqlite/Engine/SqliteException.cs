using SQLitePCL;

namespace Everturn.Sqlite.Engine;

/// <summary>SQLite refused or failed. Stays inside this assembly: callers see an <see cref="EverturnException"/>.</summary>
internal sealed class SqliteException(int extendedCode, string message)
    : Exception($"SQLite error {extendedCode}: {message}")
{
    public int ExtendedCode { get; } = extendedCode;

    public int Code => ExtendedCode & 0xff;

    /// <summary>Another connection holds the lock; nothing was changed.</summary>
    public bool IsBusy => Code is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;

    public bool IsConstraint => Code == raw.SQLITE_CONSTRAINT;

    /// <summary>
    /// The statement itself is to blame, not the file: only its item fails. Anything that is not known to be harmless
    /// counts as a failure of the store.
    /// </summary>
    public bool IsStatementError =>
        Code
            is raw.SQLITE_ERROR
                or raw.SQLITE_CONSTRAINT
                or raw.SQLITE_MISMATCH
                or raw.SQLITE_RANGE
                or raw.SQLITE_TOOBIG
                or raw.SQLITE_MISUSE;
}
