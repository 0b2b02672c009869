namespace Everturn.Sqlite.Sessions;

/// <summary>
/// The statements of the session store. <c>?1</c> is the tenant and <c>?2</c> the session wherever one session is meant.
/// </summary>
internal static partial class SessionSql
{
    /// <summary>What <see cref="SessionColumns"/> reads.</summary>
    private const string Session = """
        s.tenant, s.session, s.agent, s.status, s.stream, s.version, s.message_count, s.first_sequence, s.last_sequence,
        s.run_ordinal, s.turn, s.step_count, s.current_run, s.created_at, s.updated_at,
        s.expires_at, s.deleted_at, s.title, s.user, s.tags, s.metadata, s.root_session, s.parent_session, s.forked_from,
        s.queued
        """;

    /// <summary>What <see cref="RunColumns"/> reads.</summary>
    private const string Run = """
        r.tenant, r.session, r.ordinal, r.run_id, r.turn, r."trigger", r.instance_id, r.agent, r.runtime, r.status,
        r.start_sequence, r.end_sequence, r.start_message_count, r.step_count, r.claim_count, r.command_revision,
        r.owner_node, r.owner_node_epoch, r.owner_epoch, r.created_at, r.started_at, r.ended_at, r.deadline,
        r.parent_run, r.request_id, r.body_hash, r.definition_version, r.trace_parent, r.reason, r.error,
        r.committed_sequence, r.output, r.server, r.input_message_count
        """;

    private const string ToolCall = """
        run_id, step, call_index, tool_call_id, tool, status, effect, attempt, sensitive, idempotency_key, created_at,
        ended_at, arguments, result, staged_change
        """;

    private const string Checkpoint = """
        number, checkpoint_id, run_id, step_count, message_count, sequence, status, created_at, state, voided
        """;

    private const string PendingCall = """
        p.tenant, p.session, p.approval_id, p.run_id, p.tool_call_id, p.tool, p.kind, p.status, p.arguments_hash,
        p.decided_by, p.requested_at, p.expires_at, p.decided_at, p.arguments, p.response, p.reason, p.granted_until,
        p.on_expiry, p.sensitive, p.workflow, p.instance_id, s.agent, s.user
        """;

    private const string PendingCalls = """
        pending_calls p JOIN sessions s ON s.tenant = p.tenant AND s.session = p.session
        """;

    private const string Command = "tenant, session, run_id, revision, kind, reason, created_at, content";

    public const string LoadForCommit = $"""
        SELECT {Session}, {Run} FROM sessions s
        LEFT JOIN runs r ON r.tenant = s.tenant AND r.session = s.session AND r.ordinal = s.run_ordinal
        WHERE s.tenant = ?1 AND s.session = ?2
        """;

    public const string LoadRunByRequest = $"""
        SELECT {Run} FROM runs r WHERE r.tenant = ?1 AND r.session = ?2 AND r.request_id = ?3 AND r.request_open = 1
        """;

    public const string LoadRunById = $"""
        SELECT {Run} FROM runs r WHERE r.tenant = ?1 AND r.session = ?2 AND r.run_id = ?3
        """;

    public const string InsertSession = """
        INSERT INTO sessions (
            tenant, session, agent, status, stream, version, message_count, first_sequence, last_sequence,
            run_ordinal, turn, step_count, current_run, created_at, updated_at, expires_at,
            title, user, tags, metadata, root_session, parent_session, forked_from, deleted_at
        ) VALUES (
            ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24
        )
        """;

    /// <summary>What every commit of a run changes; no index has any of these columns.</summary>
    public const string UpdateSession = """
        UPDATE sessions SET
            status = ?3, stream = ?4, version = ?5, message_count = ?6, last_sequence = ?7,
            run_ordinal = ?8, turn = ?9, step_count = ?10, current_run = ?11, updated_at = ?12
        WHERE tenant = ?1 AND session = ?2
        """;

    public const string UpdateSessionFields = """
        UPDATE sessions SET title = ?3, user = ?4, tags = ?5, metadata = ?6, expires_at = ?7
        WHERE tenant = ?1 AND session = ?2
        """;

    public const string DeleteTags = """
        DELETE FROM session_tags
        WHERE tenant = ?1 AND session = ?2 AND created_at = ?3 AND tag IN (SELECT value FROM json_each(?4))
        """;

    public const string InsertTags = """
        INSERT OR IGNORE INTO session_tags (tenant, tag, created_at, session) SELECT ?1, value, ?3, ?2 FROM json_each(?4)
        """;

    public const string InsertRun = """
        INSERT INTO runs (
            tenant, session, ordinal, run_id, turn, "trigger", instance_id, agent, runtime, status, start_sequence,
            start_message_count, step_count, claim_count, command_revision, owner_node, owner_node_epoch, owner_epoch,
            created_at, started_at, deadline, parent_run, request_id, body_hash, definition_version, trace_parent,
            workflow, server, input_message_count, request_open, start_state
        ) VALUES (
            ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23,
            ?24, ?25, ?26, ?27, ?28, ?29, ?23 IS NOT NULL,
            coalesce((SELECT state FROM session_states WHERE tenant = ?1 AND session = ?2), x'')
        )
        """;

    private const string RunProgress = """
        step_count = ?4, claim_count = ?5, command_revision = ?6, owner_node = ?7, owner_node_epoch = ?8,
        owner_epoch = ?9, started_at = ?10, reason = ?11, error = ?12, output = coalesce(?13, output),
        committed_sequence = coalesce(?14, committed_sequence)
        """;

    /// <summary>What progress changes; no index has any of these columns.</summary>
    public const string UpdateRunProgress = $"""
        UPDATE runs SET {RunProgress} WHERE tenant = ?1 AND session = ?2 AND ordinal = ?3
        """;

    /// <summary>What the end of a run changes, and its resumption.</summary>
    public const string UpdateRun = $"""
        UPDATE runs SET {RunProgress}, status = ?15, end_sequence = ?16, ended_at = ?17
        WHERE tenant = ?1 AND session = ?2 AND ordinal = ?3
        """;

    public const string InsertMessage = """
        INSERT INTO messages (tenant, session, position, run_id, created_at, content) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        """;

    /// <summary>Messages from position ?3 on become void; blobs that they name keep their owner.</summary>
    public const string VoidMessages = """
        INSERT INTO voided_messages (
            tenant, session, number, position, run_id, created_at, voided_by, voided_at, content
        )
        SELECT tenant, session, position - ?3 + 1
                + (SELECT coalesce(max(number), 0) FROM voided_messages WHERE tenant = ?1 AND session = ?2),
            position, run_id, created_at, ?4, ?5, content
        FROM messages WHERE tenant = ?1 AND session = ?2 AND position >= ?3
        """;

    public const string RemoveVoidedMessages = """
        DELETE FROM messages WHERE tenant = ?1 AND session = ?2 AND position >= ?3
        """;

    public const string VoidCheckpoints = """
        UPDATE checkpoints SET voided = 1 WHERE tenant = ?1 AND session = ?2 AND message_count > ?3
        """;

    public const string InsertChunks = """
        INSERT INTO chunks (tenant, session, first_sequence, last_sequence, run_ordinal, step, content)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        """;

    public const string SaveToolCall = """
        INSERT INTO tool_calls (
            tenant, session, run_id, step, call_index, tool_call_id, tool, status, effect, attempt, sensitive,
            idempotency_key, created_at, ended_at, arguments, result, staged_change
        ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
        ON CONFLICT DO UPDATE SET
            tool_call_id = excluded.tool_call_id, tool = excluded.tool, status = excluded.status,
            effect = excluded.effect, attempt = excluded.attempt, sensitive = excluded.sensitive,
            idempotency_key = excluded.idempotency_key, created_at = excluded.created_at,
            ended_at = excluded.ended_at, arguments = excluded.arguments, result = excluded.result,
            staged_change = excluded.staged_change
        """;

    public const string SaveState = """
        INSERT INTO session_states (tenant, session, state) VALUES (?1, ?2, ?3)
        ON CONFLICT DO UPDATE SET state = excluded.state
        """;

    public const string InsertUsage = """
        INSERT INTO usage_entries (
            tenant, session, number, at, id, run_id, step, source, kind, name, provider, prompt, completion, reasoning,
            cached, total, duration, success, amount
        ) VALUES (
            ?1, ?2, (SELECT coalesce(max(number), 0) + 1 FROM usage_entries WHERE tenant = ?1 AND session = ?2), ?3, ?4,
            ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18
        )
        """;

    public const string InsertCheckpoint = $"""
        INSERT INTO checkpoints (tenant, session, {Checkpoint}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 0)
        """;

    public const string SaveSuspension = """
        INSERT INTO suspensions (
            tenant, session, run_id, kind, step, tool_call_ids, child_session_ids, expires_at, resumes_itself
        ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        ON CONFLICT DO UPDATE SET
            kind = excluded.kind, step = excluded.step, tool_call_ids = excluded.tool_call_ids,
            child_session_ids = excluded.child_session_ids, expires_at = excluded.expires_at,
            resumes_itself = excluded.resumes_itself
        """;

    public const string SavePendingCall = """
        INSERT INTO pending_calls (
            tenant, session, approval_id, run_id, tool_call_id, tool, kind, arguments_hash, decided_by, requested_at,
            expires_at, decided_at, arguments, response, status, reason, granted_until, on_expiry, sensitive, workflow,
            instance_id
        ) VALUES (
            ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21
        )
        ON CONFLICT DO UPDATE SET
            run_id = excluded.run_id, tool_call_id = excluded.tool_call_id, tool = excluded.tool, kind = excluded.kind,
            arguments_hash = excluded.arguments_hash, decided_by = excluded.decided_by,
            requested_at = excluded.requested_at, expires_at = excluded.expires_at, decided_at = excluded.decided_at,
            arguments = excluded.arguments, response = excluded.response, status = excluded.status,
            reason = excluded.reason, granted_until = excluded.granted_until, on_expiry = excluded.on_expiry,
            sensitive = excluded.sensitive, workflow = excluded.workflow, instance_id = excluded.instance_id
        """;

    public const string InsertCommand = """
        INSERT INTO commands (tenant, session, run_id, revision, kind, reason, created_at, open, content)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 1, ?8)
        """;

    public const string CloseCommands = """
        UPDATE commands SET open = 0 WHERE tenant = ?1 AND session = ?2 AND run_id = ?3 AND open = 1
        """;

    public const string InsertOutbox = """
        INSERT INTO outbox (tenant, session, kind, instance_id, token, workflow, parameters)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        """;

    public const string CompleteOutbox = "DELETE FROM outbox WHERE id = ?1";
}
