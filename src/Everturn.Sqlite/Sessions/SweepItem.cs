using Everturn.Sessions;
using Everturn.Sqlite.Engine;
using Everturn.Storage;

namespace Everturn.Sqlite.Sessions;

/// <summary>One bounded round of removing rows that have expired.</summary>
/// <param name="request">What counts as expired.</param>
/// <param name="listeners">Hear of deleted sessions once that is durable.</param>
internal sealed class SweepItem(SweepRequest request, SessionListeners listeners) : CommitItem<int>(CommitKind.Sweep)
{
    private readonly List<SessionKey> _deleted = [];
    private int _left = request.Limit;

    protected override int Apply(SqliteConnection connection)
    {
        ForEachAgent(
            connection,
            SessionSql.AgentsWithTombstones,
            static policy => policy.Tombstones,
            (agent, before) => Delete(connection, SessionSql.DeleteTombstones, agent, before)
        );
        DeleteExpiredSessions(connection);
        ForEachAgent(
            connection,
            SessionSql.AgentsWithRequests,
            static policy => policy.RequestIds,
            (agent, before) => Delete(connection, SessionSql.ForgetRequests, agent, before)
        );
        ForEachAgent(
            connection,
            SessionSql.AgentsWithSettledRuns,
            static policy => policy.RequestIds,
            (agent, before) => Delete(connection, SessionSql.DeleteSettledRuns, agent, before)
        );
        ForEachAgent(
            connection,
            SessionSql.AgentsWithEndedRuns,
            static policy => policy.Chunks,
            (agent, before) => TrimChunks(connection, agent, before)
        );
        ForEachAgent(
            connection,
            SessionSql.AgentsWithEndedRuns,
            static policy => policy.Runs,
            (agent, before) => DeleteRuns(connection, agent, before)
        );
        return request.Limit - _left;
    }

    protected override void OnDurable(int result)
    {
        foreach (var key in _deleted)
            listeners.Deleted(key);
    }

    private void ForEachAgent(
        SqliteConnection connection,
        string agents,
        Func<SweepPolicy, TimeSpan?> kept,
        Action<string, DateTimeOffset> remove
    )
    {
        foreach (var agent in ReadAgents(connection, agents))
        {
            if (_left > 0 && kept(request.ByAgent.GetValueOrDefault(agent, request.Default)) is { } time)
                remove(agent, request.Now - time);
        }
    }

    private static List<string> ReadAgents(SqliteConnection connection, string sql)
    {
        List<string> agents = [];
        using var rows = connection.Use(sql);
        while (rows.Read())
            agents.Add(rows.Text(0));
        return agents;
    }

    private void Delete(SqliteConnection connection, string sql, string agent, DateTimeOffset before)
    {
        using var statement = connection.Use(sql);
        _left -= statement.Bind(1, agent).Bind(2, before).Bind(3, _left).Run();
    }

    private void DeleteExpiredSessions(SqliteConnection connection)
    {
        if (_left <= 0)
            return;
        List<SessionKey> expired = [];
        using (var rows = connection.Use(SessionSql.ExpiredSessions))
        {
            rows.Bind(1, request.Now).Bind(2, _left);
            while (rows.Read())
                expired.Add(new SessionKey(rows.Text(0), rows.Text(1)));
        }
        var deletion = new SessionDeletion(connection);
        foreach (var key in expired)
        {
            if (deletion.Delete(key, request.Now) != SessionCommitOutcome.Applied)
                continue;
            _deleted.Add(key);
            _left--;
        }
    }

    private void TrimChunks(SqliteConnection connection, string agent, DateTimeOffset before)
    {
        List<(SessionKey Key, long Ordinal, long? Final)> runs = [];
        using (var rows = connection.Use(SessionSql.RunsToTrim))
        {
            rows.Bind(1, agent).Bind(2, before).Bind(3, _left);
            while (rows.Read())
                runs.Add((new SessionKey(rows.Text(0), rows.Text(1)), rows.Long(2), rows.LongOrNull(3)));
        }
        foreach (var (key, ordinal, final) in runs)
        {
            if (final is { } sequence)
                TrimChunks(connection, key, sequence);
            if (_left <= 0)
                return;
            using var statement = connection.Use(SessionSql.MarkTrimmed).Of(key);
            statement.Bind(3, ordinal).Run();
        }
    }

    private void TrimChunks(SqliteConnection connection, SessionKey key, long final)
    {
        long? last;
        using (var row = connection.Use(SessionSql.LastChunkToTrim).Of(key))
        {
            row.Bind(3, final).Bind(4, _left).Read();
            last = row.LongOrNull(0);
        }
        if (last is not { } trimmed)
            return;
        using (var rows = connection.Use(SessionSql.ChunkContent).Of(key))
            BlobRelease.Rows(connection, key, rows.Bind(3, trimmed), columns: 1);
        using (var delete = connection.Use(SessionSql.TrimChunks).Of(key))
            _left -= delete.Bind(3, trimmed).Run();
        using var update = connection.Use(SessionSql.SetFirstSequence).Of(key);
        update.Bind(3, trimmed + 1).Run();
    }

    private void DeleteRuns(SqliteConnection connection, string agent, DateTimeOffset before)
    {
        List<(RunRecord Run, string? Workflow)> runs = [];
        using (var rows = connection.Use(SessionSql.RunsToDelete))
        {
            rows.Bind(1, agent).Bind(2, before).Bind(3, _left);
            while (rows.Read())
                runs.Add((RunColumns.Read(rows, 1)!.Run, rows.TextOrNull(0)));
        }
        var deletion = new SessionDeletion(connection);
        foreach (var (run, workflow) in runs)
            deletion.Delete(run, workflow);
        _left -= runs.Count;
    }
}
