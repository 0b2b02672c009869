using Everturn.Sessions;
using Everturn.Sessions.Storage;
using Everturn.Sqlite.Engine;
using Everturn.Streaming;

namespace Everturn.Sqlite.Sessions;

/// <summary>
/// What the last commits of this process left in the rows of sessions that have a running run, so that the next commit of
/// such a run need not read them again. Used on the writing thread alone, inside transactions.
/// </summary>
internal sealed class RunningSessions
{
    private readonly Dictionary<SessionKey, (SessionRecord Session, StreamStatus Stream, RunRecord Run)> _rows = [];
    private SqliteConnection? _connection;
    private long _version;

    /// <summary>The rows, if they are known to be what is stored.</summary>
    public (SessionRecord Session, StreamStatus Stream, RunRecord Run)? Find(
        SqliteConnection connection,
        SessionKey key
    )
    {
        ForgetOld(connection);
        return _rows.TryGetValue(key, out var rows) ? rows : null;
    }

    /// <summary>Keeps what was written just now.</summary>
    public void Wrote(SqliteConnection connection, CommitPlan plan)
    {
        ForgetOld(connection);
        var session = plan.Session!;
        if (plan.Run is { Status.IsEnded: false } run && run.RunId == session.CurrentRunId)
            _rows[session.Key] = (session, plan.Stream, run);
        else
            _rows.Remove(session.Key);
    }

    // A connection that failed is replaced, and with it goes what its last transaction wrote in vain.
    private void ForgetOld(SqliteConnection connection)
    {
        if (_connection == connection && _version == connection.RowsVersion)
            return;
        _rows.Clear();
        (_connection, _version) = (connection, connection.RowsVersion);
    }
}
