using Everturn.Sqlite.Engine;
using SQLitePCL;

namespace Everturn.Sqlite.Tests.Workflows;

/// <summary>Fails below the store while it is told to.</summary>
internal sealed class FailingDisk
{
    private volatile bool _isBroken;
    private int _code;

    public void Break(int code)
    {
        _code = code;
        _isBroken = true;
    }

    public void Repair() => _isBroken = false;

    public StorageServices Services() =>
        new()
        {
            Fault = fault =>
            {
                if (_isBroken && (fault is CommitFault.Commit or CommitFault.Reopen))
                {
                    throw new SqliteException(_code, _code == raw.SQLITE_FULL ? "disk is full" : "disk I/O error");
                }
            },
        };
}
