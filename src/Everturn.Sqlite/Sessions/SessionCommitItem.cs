using Everturn.Sessions;
using Everturn.Sessions.Storage;
using Everturn.Sqlite.Engine;
using Everturn.Streaming;

namespace Everturn.Sqlite.Sessions;

/// <summary>One <see cref="SessionCommit"/> on the writing thread: read the rows that decide, decide, write.</summary>
/// <param name="encoded">The commit.</param>
/// <param name="writer">Writes rows.</param>
/// <param name="listeners">Hear of it once it is durable.</param>
internal sealed class SessionCommitItem(EncodedCommit encoded, SessionWriter writer, SessionListeners listeners)
    : CommitItem<SessionCommitResult>(encoded.Commit.Kind)
{
    private bool _wrote;

    public override int EstimatedBytes => encoded.EstimatedBytes;

    protected override SessionCommitResult Apply(SqliteConnection connection)
    {
        var prepared = encoded.Prepared;
        var facts = ReadFacts(connection, prepared);
        var plan = SessionCommitRules.Decide(prepared, facts);
        _wrote = plan.Writes;
        return plan.ToResult(plan.Writes && writer.Write(connection, encoded, facts, plan));
    }

    protected override void OnDurable(SessionCommitResult result)
    {
        if (_wrote)
            listeners.Committed(encoded.Commit, result);
    }

    private StoredFacts ReadFacts(SqliteConnection connection, PreparedCommit prepared)
    {
        var key = prepared.Commit.Session;
        SessionRecord? session = null;
        RunRecord? current = null;
        StreamStatus stream = default;
        using (var row = connection.Use(SessionSql.LoadForCommit).Of(key))
        {
            if (row.Read())
            {
                session = SessionColumns.Read(row);
                stream = SessionColumns.Stream(row);
                current = RunColumns.ReadWithoutOutput(row, SessionColumns.Count);
            }
        }
        return new StoredFacts
        {
            Session = session,
            Stream = stream,
            CurrentRun = current,
            RequestedRun = prepared.RequestId is { } id ? ReadRun(connection, SessionSql.LoadRunByRequest, id) : null,
            CommandRun =
                prepared.CommandRunId is { } runId && runId != current?.RunId
                    ? ReadRun(connection, SessionSql.LoadRunById, runId)
                    : null,
            NodeIsLive = prepared.Node is { } node && FenceCheck.IsLive(connection, node),
        };
    }

    // Such a run is what the caller gets back, so it needs its output.
    private RunRecord? ReadRun(SqliteConnection connection, string sql, string id)
    {
        using var row = connection.Use(sql).Of(encoded.Commit.Session);
        return row.Bind(3, id).Read() ? writer.Load(RunColumns.Read(row)) : null;
    }
}
