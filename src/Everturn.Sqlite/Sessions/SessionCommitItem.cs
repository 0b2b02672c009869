using Everturn.Sessions;
using Everturn.Sessions.Storage;
using Everturn.Sqlite.Engine;
using Everturn.Streaming;

namespace Everturn.Sqlite.Sessions;

/// <summary>One <see cref="SessionCommit"/> on the writing thread: read the rows that decide, decide, write.</summary>
/// <param name="encoded">The commit.</param>
/// <param name="file">Where it is written.</param>
/// <param name="listeners">Hear of it once it is durable.</param>
internal sealed class SessionCommitItem(EncodedCommit encoded, ISessionFile file, SessionListeners listeners)
    : CommitItem<SessionCommitResult>(encoded.Commit.Kind)
{
    private readonly PayloadStore _payloads = file.Content.Payloads;
    private bool _wrote;

    public override int EstimatedBytes => encoded.EstimatedBytes;

    public override bool LeavesReadRows => true;

    protected override SessionCommitResult Apply(SqliteConnection connection)
    {
        var prepared = encoded.Prepared;
        var (facts, current) = ReadFacts(connection, prepared);
        var plan = SessionCommitRules.Decide(prepared, facts);
        _wrote = plan.Writes;
        if (plan.Writes)
        {
            var instanceCreated = file.Content.Writer.Write(connection, encoded, facts, plan);
            file.Content.Running?.Wrote(connection, plan);
            return plan.ToResult(instanceCreated);
        }
        // A refusal tells what is there, with the output that a commit itself has no use for.
        var answersWithCurrent = plan.Run is not null && ReferenceEquals(plan.Run, facts.CurrentRun);
        return (answersWithCurrent ? plan with { Run = current?.Load(_payloads) ?? plan.Run } : plan).ToResult();
    }

    protected override void OnDurable(SessionCommitResult result)
    {
        if (_wrote)
            listeners.Committed(encoded.Commit, result);
    }

    private (StoredFacts Facts, StoredRun? Current) ReadFacts(SqliteConnection connection, PreparedCommit prepared)
    {
        var key = prepared.Commit.Session;
        SessionRecord? session = null;
        StoredRun? current = null;
        StreamStatus stream = default;
        RunRecord? run = null;
        if (file.Content.Running?.Find(connection, key) is { } known)
        {
            (session, stream, run) = known;
        }
        else
        {
            using var row = connection.Use(SessionSql.LoadForCommit).Of(key);
            if (row.Read())
            {
                session = SessionColumns.Read(row);
                stream = SessionColumns.Stream(row);
                current = RunColumns.Read(row, SessionColumns.Count);
                run = current is { Run.Status.IsEnded: false } ? current.Load(_payloads) : current?.Run;
            }
        }
        var facts = new StoredFacts
        {
            Session = session,
            Stream = stream,
            CurrentRun = run,
            RequestedRun = prepared.RequestId is { } id
                ? ReadRun(connection, SessionSql.LoadRunByRequest, SessionSql.LoadQueuedByRequest, id)
                : null,
            CommandRun =
                prepared.CommandRunId is { } runId && runId != run?.RunId
                    ? ReadRun(connection, SessionSql.LoadRunById, SessionSql.LoadQueuedById, runId)
                    : null,
            Queue = prepared.ConcernsQueue ? QueueColumns.ReadQueue(connection, key) : [],
            NodeIsLive = prepared.Node is { } node && file.IsLive(connection, node),
        };
        return (facts, current);
    }

    // Such a run is what the caller gets back, so it needs its output.
    private RunRecord? ReadRun(SqliteConnection connection, string sql, string queueSql, string id)
    {
        using (var row = connection.Use(sql).Of(encoded.Commit.Session))
        {
            if (row.Bind(3, id).Read())
                return RunColumns.Read(row)!.Load(_payloads);
        }
        return QueueColumns.Find(connection, encoded.Commit.Session, queueSql, id);
    }
}
