namespace Everturn.Sqlite.Sessions;

/// <content>Messages that wait for the run in their way.</content>
internal static partial class SessionSql
{
    /// <summary>What <see cref="QueueColumns"/> reads.</summary>
    private const string Queued = """
        tenant, session, position, run_id, policy, status, agent, target_run, target_turn, joined_run, request_id,
        body_hash, server, trace_parent, reason, error, created_at, ended_at, content
        """;

    /// <summary>In the order of <c>QueueOrder</c>.</summary>
    public const string GetQueue = $"""
        SELECT {Queued} FROM queued_runs WHERE tenant = ?1 AND session = ?2 AND ended_at IS NULL
        ORDER BY policy NOT IN ('interrupt', 'rollback'), position
        """;

    public const string LoadQueuedById = $"""
        SELECT {Queued} FROM queued_runs WHERE tenant = ?1 AND session = ?2 AND run_id = ?3
        """;

    public const string LoadQueuedByRequest = $"""
        SELECT {Queued} FROM queued_runs WHERE tenant = ?1 AND session = ?2 AND request_id = ?3
        """;

    public const string ListQueuedSessions = $"""
        SELECT {Session} FROM sessions s WHERE s.queued > 0 AND (s.tenant, s.session) > (?1, ?2)
        ORDER BY s.tenant, s.session LIMIT ?3
        """;

    public const string InsertQueued = $"""
        INSERT INTO queued_runs ({Queued}) VALUES (
            ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, NULL, ?10, ?11, ?12, ?13, NULL, NULL, ?14, NULL, ?15)
        """;

    public const string SettleQueued = """
        UPDATE queued_runs SET status = ?4, joined_run = ?5, reason = ?6, error = ?7, ended_at = ?8, content = NULL
        WHERE tenant = ?1 AND session = ?2 AND run_id = ?3
        """;

    public const string DeleteQueued = "DELETE FROM queued_runs WHERE tenant = ?1 AND session = ?2 AND run_id = ?3";

    public const string QueuedContent = """
        SELECT content FROM queued_runs WHERE tenant = ?1 AND session = ?2 AND run_id = ?3
        """;

    /// <summary>Apart from the other columns: an index has this one.</summary>
    public const string UpdateQueuedCount = "UPDATE sessions SET queued = ?3 WHERE tenant = ?1 AND session = ?2";

    public const string DeleteQueue = "DELETE FROM queued_runs WHERE tenant = ?1 AND session = ?2";

    public const string AgentsWithSettledRuns = "SELECT DISTINCT agent FROM queued_runs WHERE ended_at IS NOT NULL";

    public const string DeleteSettledRuns = """
        DELETE FROM queued_runs WHERE (tenant, session, position) IN (
            SELECT tenant, session, position FROM queued_runs
            WHERE ended_at IS NOT NULL AND agent = ?1 AND ended_at <= ?2 LIMIT ?3)
        """;
}
