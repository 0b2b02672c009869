namespace Everturn.Sqlite.Sessions;

/// <content>Reads.</content>
internal static partial class SessionSql
{
    public const string GetSession = $"""
        SELECT {Session} FROM sessions s WHERE s.tenant = ?1 AND s.session = ?2 AND s.deleted_at IS NULL
        """;

    public const string GetSessionWithRun = $"""
        SELECT {Session}, {Run} FROM sessions s
        LEFT JOIN runs r ON r.tenant = s.tenant AND r.session = s.session AND r.ordinal = s.run_ordinal
        WHERE s.tenant = ?1 AND s.session = ?2 AND s.deleted_at IS NULL
        """;

    public const string GetCurrentRun = $"""
        SELECT {Run} FROM sessions s
        JOIN runs r ON r.tenant = s.tenant AND r.session = s.session AND r.ordinal = s.run_ordinal
        WHERE s.tenant = ?1 AND s.session = ?2
        """;

    public const string GetStartState = """
        SELECT coalesce(r.start_state, (
            SELECT c.state FROM checkpoints c
            WHERE c.tenant = r.tenant AND c.session = r.session AND c.sequence < r.start_sequence
            ORDER BY c.number DESC LIMIT 1))
        FROM runs r WHERE r.tenant = ?1 AND r.session = ?2 AND r.run_id = ?3
        """;

    public const string GetStreamInfo = """
        SELECT stream, first_sequence, last_sequence FROM sessions
        WHERE tenant = ?1 AND session = ?2 AND deleted_at IS NULL
        """;

    /// <summary>The head of a list of sessions; the filters of a query and the tail follow.</summary>
    public const string ListSessions = $"SELECT {Session} FROM sessions s WHERE s.deleted_at IS NULL AND s.tenant = ?1";

    /// <summary>The same by tag.</summary>
    public const string ListSessionsByTag = $"""
        SELECT {Session} FROM session_tags t
        CROSS JOIN sessions s ON s.tenant = t.tenant AND s.session = t.session
        WHERE s.deleted_at IS NULL AND t.tenant = ?1 AND t.tag = ?5
        """;

    public const string WithAgent = " AND s.agent = ?6";
    public const string WithUser = " AND s.user = ?7";
    public const string WithStatus = " AND s.status = ?8";
    public const string WithText = " AND instr(lower(s.title), lower(?9)) > 0";
    public const string NewestFirst = """
         AND (s.created_at, s.session) < (?2, ?3) ORDER BY s.created_at DESC, s.session DESC LIMIT ?4
        """;
    public const string NewestFirstByTag = """
         AND (t.created_at, t.session) < (?2, ?3) ORDER BY t.created_at DESC, t.session DESC LIMIT ?4
        """;

    public const string ListRuns = $"""
        SELECT {Run} FROM runs r WHERE r.tenant = ?1 AND r.session = ?2 AND r.ordinal > ?3 ORDER BY r.ordinal LIMIT ?4
        """;

    public const string ListRunning = $"""
        SELECT {Run} FROM runs r
        WHERE r.status = 'running' AND r.runtime = ?1 AND (r.created_at, r.run_id, r.tenant, r.session) > (?2, ?3, ?4, ?5)
        ORDER BY r.created_at, r.run_id, r.tenant, r.session LIMIT ?6
        """;

    public const string ListRunningOfOwner = $"""
        SELECT {Run} FROM runs r
        WHERE r.status = 'running' AND r.runtime = ?1 AND (r.created_at, r.run_id, r.tenant, r.session) > (?2, ?3, ?4, ?5)
            AND r.owner_node = ?7 AND r.owner_node_epoch = ?8
        ORDER BY r.created_at, r.run_id, r.tenant, r.session LIMIT ?6
        """;

    public const string GetMessages = """
        SELECT run_id, created_at, content FROM messages
        WHERE tenant = ?1 AND session = ?2 AND position >= ?3 ORDER BY position LIMIT ?4
        """;

    public const string ListVoidedMessages = """
        SELECT run_id, created_at, content, number, position, voided_by, voided_at FROM voided_messages
        WHERE tenant = ?1 AND session = ?2 AND number > ?3 ORDER BY number LIMIT ?4
        """;

    public const string CountMessages = """
        SELECT message_count FROM sessions WHERE tenant = ?1 AND session = ?2 AND deleted_at IS NULL
        """;

    public const string GetState = "SELECT state FROM session_states WHERE tenant = ?1 AND session = ?2";

    public const string GetToolCalls = $"""
        SELECT {ToolCall} FROM tool_calls
        WHERE tenant = ?1 AND session = ?2 AND run_id = ?3 AND step > ?4 ORDER BY step, call_index
        """;

    /// <summary>From the row that holds chunk ?3, or the first one after it.</summary>
    public const string ReadChunks = """
        SELECT first_sequence, last_sequence, content FROM chunks
        WHERE tenant = ?1 AND session = ?2 AND last_sequence >= ?3 AND first_sequence >= coalesce(
            (SELECT max(first_sequence) FROM chunks WHERE tenant = ?1 AND session = ?2 AND first_sequence <= ?3), 0)
        ORDER BY first_sequence
        """;

    public const string GetCheckpoint = $"""
        SELECT {Checkpoint} FROM checkpoints WHERE tenant = ?1 AND session = ?2 AND checkpoint_id = ?3
        """;

    public const string ListCheckpoints = $"""
        SELECT {Checkpoint} FROM checkpoints
        WHERE tenant = ?1 AND session = ?2 AND number < ?3 ORDER BY number DESC LIMIT ?4
        """;

    public const string GetSuspension = """
        SELECT run_id, kind, step, tool_call_ids, child_session_ids, expires_at, resumes_itself FROM suspensions
        WHERE tenant = ?1 AND session = ?2 AND run_id = ?3
        """;

    public const string GetPendingCall = $"""
        SELECT {PendingCall} FROM {PendingCalls} WHERE p.tenant = ?1 AND p.session = ?2 AND p.approval_id = ?3
        """;

    public const string FindPendingCall = $"""
        SELECT {PendingCall} FROM {PendingCalls}
        WHERE p.tenant = ?1 AND p.approval_id = ?2 ORDER BY p.session LIMIT 1
        """;

    public const string GetPendingCallsOfRun = $"""
        SELECT {PendingCall} FROM {PendingCalls}
        WHERE p.tenant = ?1 AND p.session = ?2 AND p.run_id = ?3 ORDER BY p.approval_id
        """;

    public const string GetPendingCallsOfToolCall = $"""
        SELECT {PendingCall} FROM {PendingCalls}
        WHERE p.tenant = ?1 AND p.session = ?2 AND p.tool_call_id = ?3 ORDER BY p.requested_at DESC, p.approval_id DESC
        """;

    public const string ListPendingCalls = $"""
        SELECT {PendingCall} FROM {PendingCalls}
        WHERE p.tenant = ?1 AND p.status = ?2 AND (p.requested_at, p.session, p.approval_id) > (?3, ?4, ?5)
            AND (?7 IS NULL OR s.agent = ?7) AND (?8 IS NULL OR s.user = ?8) AND (?9 IS NULL OR p.session = ?9)
            AND (?10 IS NULL OR p.workflow = ?10)
        ORDER BY p.requested_at, p.session, p.approval_id LIMIT ?6
        """;

    public const string ListGrants = $"""
        SELECT {PendingCall} FROM {PendingCalls}
        WHERE p.tenant = ?1 AND p.session = ?2 AND p.status = 'approved' AND p.granted_until > ?3
        ORDER BY p.approval_id
        """;

    public const string ListExpiredCalls = $"""
        SELECT {PendingCall} FROM {PendingCalls}
        WHERE p.decided_at IS NULL AND p.expires_at <= ?1 AND p.status = 'pending' ORDER BY p.expires_at LIMIT ?2
        """;

    public const string GetCommands = $"""
        SELECT {Command} FROM commands
        WHERE tenant = ?1 AND session = ?2 AND run_id = ?3 AND revision > ?4 ORDER BY revision
        """;

    public const string ListOpenCommands = $"""
        SELECT {Command} FROM commands WHERE open = 1 ORDER BY created_at, tenant, session, run_id, revision
        """;

    private const string Outbox = "id, tenant, session, kind, instance_id, token, workflow, parameters";

    public const string ListOutbox = $"SELECT {Outbox} FROM outbox ORDER BY id LIMIT ?1";

    public const string ListOutboxOfKind = $"""
        SELECT {Outbox} FROM outbox WHERE id > ?2 AND kind = ?3 ORDER BY id LIMIT ?1
        """;

    public const string ListUsage = """
        SELECT at, id, run_id, step, source, kind, name, provider, prompt, completion, reasoning, cached, total,
            duration, success, amount, number
        FROM usage_entries
        WHERE tenant = ?1 AND session = ?2 AND number > ?3 ORDER BY number LIMIT ?4
        """;

    public const string SumUsage = """
        SELECT kind, name, count(*), count(*) FILTER (WHERE success = 0), coalesce(sum(prompt), 0),
            coalesce(sum(completion), 0), coalesce(sum(reasoning), 0), coalesce(sum(cached), 0),
            coalesce(sum(total), 0), coalesce(sum(amount), 0.0)
        FROM usage_entries
        WHERE tenant = ?1 AND session = ?2 AND (?3 IS NULL OR run_id = ?3) GROUP BY kind, name
        """;

    public const string SelectAgent = "SELECT agent FROM sessions WHERE tenant = ?1 AND session = ?2";

    public const string Reactivate = """
        UPDATE sessions SET stream = 'active', version = version + 1, updated_at = ?3
        WHERE tenant = ?1 AND session = ?2 AND stream <> 'active' AND deleted_at IS NULL
        """;
}
