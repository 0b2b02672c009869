namespace Everturn.Sqlite.Sessions;

/// <summary>
/// The statements of the session store. <c>?1</c> is the tenant and <c>?2</c> the session wherever one session is meant.
/// </summary>
internal static class SessionSql
{
    /// <summary>What <see cref="SessionColumns"/> reads.</summary>
    private const string Session = """
        s.tenant, s.session, s.agent, s.status, s.stream, s.version, s.message_count, s.first_sequence, s.last_sequence,
        s.run_ordinal, s.turn, s.step_count, s.current_run, s.created_at, s.updated_at,
        s.expires_at, s.deleted_at, s.title, s.user, s.tags, s.metadata, s.root_session, s.parent_session, s.forked_from
        """;

    /// <summary>What <see cref="RunColumns"/> reads.</summary>
    private const string Run = """
        r.tenant, r.session, r.ordinal, r.run_id, r.turn, r."trigger", r.instance_id, r.agent, r.runtime, r.status,
        r.start_sequence, r.end_sequence, r.start_message_count, r.step_count, r.claim_count, r.command_revision,
        r.owner_node, r.owner_node_epoch, r.owner_epoch, r.created_at, r.started_at, r.ended_at, r.deadline,
        r.parent_run, r.request_id, r.body_hash, r.definition_version, r.trace_parent, r.reason, r.error,
        r.committed_sequence, r.output, r.server
        """;

    private const string ToolCall = """
        run_id, step, call_index, tool_call_id, tool, status, effect, attempt, sensitive, idempotency_key, created_at,
        ended_at, arguments, result, staged_change
        """;

    private const string Checkpoint = """
        number, checkpoint_id, run_id, step_count, message_count, sequence, status, created_at, state
        """;

    private const string Command = "tenant, session, run_id, revision, kind, reason, created_at, content";

    // Commits

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
            workflow, server, request_open
        ) VALUES (
            ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23,
            ?24, ?25, ?26, ?27, ?28, ?23 IS NOT NULL
        )
        """;

    /// <summary>What progress changes; no index has any of these columns.</summary>
    public const string UpdateRunProgress = """
        UPDATE runs SET
            step_count = ?4, claim_count = ?5, command_revision = ?6, owner_node = ?7, owner_node_epoch = ?8,
            owner_epoch = ?9, started_at = ?10, reason = ?11, error = ?12, output = coalesce(?13, output),
            committed_sequence = coalesce(?14, committed_sequence)
        WHERE tenant = ?1 AND session = ?2 AND ordinal = ?3
        """;

    public const string UpdateRunStatus = """
        UPDATE runs SET status = ?4, end_sequence = ?5, ended_at = ?6
        WHERE tenant = ?1 AND session = ?2 AND ordinal = ?3
        """;

    public const string InsertMessage = """
        INSERT INTO messages (tenant, session, position, run_id, created_at, content) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
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
        INSERT INTO checkpoints (tenant, session, {Checkpoint}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        """;

    public const string SaveSuspension = """
        INSERT INTO suspensions (tenant, session, run_id, kind, step, tool_call_ids, child_session_ids, expires_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT DO UPDATE SET
            kind = excluded.kind, step = excluded.step, tool_call_ids = excluded.tool_call_ids,
            child_session_ids = excluded.child_session_ids, expires_at = excluded.expires_at
        """;

    public const string SavePendingCall = """
        INSERT INTO pending_calls (
            tenant, session, approval_id, run_id, tool_call_id, tool, kind, arguments_hash, decided_by, requested_at,
            expires_at, decided_at, arguments, response
        ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
        ON CONFLICT DO UPDATE SET
            run_id = excluded.run_id, tool_call_id = excluded.tool_call_id, tool = excluded.tool, kind = excluded.kind,
            arguments_hash = excluded.arguments_hash, decided_by = excluded.decided_by,
            requested_at = excluded.requested_at, expires_at = excluded.expires_at, decided_at = excluded.decided_at,
            arguments = excluded.arguments, response = excluded.response
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

    // Reads

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
        SELECT coalesce(sum(prompt) FILTER (WHERE kind = 'tokens'), 0),
            coalesce(sum(completion) FILTER (WHERE kind = 'tokens'), 0),
            coalesce(sum(reasoning) FILTER (WHERE kind = 'tokens'), 0),
            coalesce(sum(cached) FILTER (WHERE kind = 'tokens'), 0),
            coalesce(sum(total) FILTER (WHERE kind = 'tokens'), 0), count(*) FILTER (WHERE kind = 'tokens'),
            count(*) FILTER (WHERE kind = 'tool'), count(*) FILTER (WHERE kind = 'tool' AND success = 0)
        FROM usage_entries WHERE tenant = ?1 AND session = ?2
        """;

    public const string SumCustomUsage = """
        SELECT coalesce(name, ''), coalesce(sum(amount), 0.0) FROM usage_entries
        WHERE tenant = ?1 AND session = ?2 AND kind = 'custom' GROUP BY 1
        """;

    public const string Reactivate = """
        UPDATE sessions SET stream = 'active', version = version + 1, updated_at = ?3
        WHERE tenant = ?1 AND session = ?2 AND stream <> 'active' AND deleted_at IS NULL
        """;

    // Deletion and retention

    public const string RunsWithWorkflow = $"""
        SELECT r.workflow, {Run} FROM runs r
        WHERE r.tenant = ?1 AND r.session = ?2 AND r.workflow IS NOT NULL ORDER BY r.ordinal
        """;

    public const string DeleteSession = "DELETE FROM sessions WHERE tenant = ?1 AND session = ?2";
    public const string DeleteRuns = "DELETE FROM runs WHERE tenant = ?1 AND session = ?2";
    public const string DeleteMessages = "DELETE FROM messages WHERE tenant = ?1 AND session = ?2";
    public const string DeleteToolCalls = "DELETE FROM tool_calls WHERE tenant = ?1 AND session = ?2";
    public const string DeleteState = "DELETE FROM session_states WHERE tenant = ?1 AND session = ?2";
    public const string DeleteChunks = "DELETE FROM chunks WHERE tenant = ?1 AND session = ?2";
    public const string DeleteUsage = "DELETE FROM usage_entries WHERE tenant = ?1 AND session = ?2";
    public const string DeleteCheckpoints = "DELETE FROM checkpoints WHERE tenant = ?1 AND session = ?2";
    public const string DeleteSuspensions = "DELETE FROM suspensions WHERE tenant = ?1 AND session = ?2";
    public const string DeletePendingCalls = "DELETE FROM pending_calls WHERE tenant = ?1 AND session = ?2";
    public const string DeleteCommands = "DELETE FROM commands WHERE tenant = ?1 AND session = ?2";
    public const string DeleteBlobOwners = "DELETE FROM blob_owners WHERE tenant = ?1 AND session = ?2";

    public const string AgentsWithTombstones = """
        WITH RECURSIVE found (agent) AS (
            SELECT min(agent) FROM sessions WHERE deleted_at IS NOT NULL
            UNION ALL
            SELECT (SELECT min(agent) FROM sessions WHERE deleted_at IS NOT NULL AND agent > found.agent)
            FROM found WHERE found.agent IS NOT NULL
        ) SELECT agent FROM found WHERE agent IS NOT NULL
        """;

    public const string AgentsWithRequests = """
        WITH RECURSIVE found (agent) AS (
            SELECT min(agent) FROM runs WHERE request_open = 1
            UNION ALL
            SELECT (SELECT min(agent) FROM runs WHERE request_open = 1 AND agent > found.agent)
            FROM found WHERE found.agent IS NOT NULL
        ) SELECT agent FROM found WHERE agent IS NOT NULL
        """;

    public const string AgentsWithEndedRuns = """
        WITH RECURSIVE found (agent) AS (
            SELECT min(agent) FROM runs WHERE ended_at IS NOT NULL
            UNION ALL
            SELECT (SELECT min(agent) FROM runs WHERE ended_at IS NOT NULL AND agent > found.agent)
            FROM found WHERE found.agent IS NOT NULL
        ) SELECT agent FROM found WHERE agent IS NOT NULL
        """;

    public const string DeleteTombstones = """
        DELETE FROM sessions WHERE (tenant, session) IN (
            SELECT tenant, session FROM sessions
            WHERE deleted_at IS NOT NULL AND agent = ?1 AND deleted_at <= ?2 LIMIT ?3)
        """;

    public const string ExpiredSessions = """
        SELECT s.tenant, s.session FROM sessions s
        WHERE s.deleted_at IS NULL AND s.expires_at <= ?1 AND NOT EXISTS (
            SELECT 1 FROM runs r WHERE r.tenant = s.tenant AND r.session = s.session AND r.ordinal = s.run_ordinal
                AND r.ended_at IS NULL)
        ORDER BY s.expires_at LIMIT ?2
        """;

    public const string ForgetRequests = """
        UPDATE runs SET request_open = 0 WHERE (tenant, session, ordinal) IN (
            SELECT tenant, session, ordinal FROM runs
            WHERE request_open = 1 AND agent = ?1 AND created_at <= ?2 LIMIT ?3)
        """;

    public const string RunsToTrim = """
        SELECT tenant, session, ordinal, committed_sequence FROM runs
        WHERE ended_at IS NOT NULL AND agent = ?1 AND trimmed = 0 AND ended_at <= ?2 ORDER BY ended_at LIMIT ?3
        """;

    /// <summary>The last chunk of the last row that may go; NULL when there is none.</summary>
    public const string LastChunkToTrim = """
        SELECT max(last_sequence) FROM (
            SELECT last_sequence FROM chunks
            WHERE tenant = ?1 AND session = ?2 AND first_sequence <= ?3 AND last_sequence <= ?3
            ORDER BY first_sequence LIMIT ?4)
        """;

    public const string ChunkContent = """
        SELECT content FROM chunks WHERE tenant = ?1 AND session = ?2 AND first_sequence <= ?3
        """;

    public const string TrimChunks = "DELETE FROM chunks WHERE tenant = ?1 AND session = ?2 AND first_sequence <= ?3";

    public const string SetFirstSequence = """
        UPDATE sessions SET first_sequence = ?3 WHERE tenant = ?1 AND session = ?2
        """;

    public const string MarkTrimmed = """
        UPDATE runs SET trimmed = 1 WHERE tenant = ?1 AND session = ?2 AND ordinal = ?3
        """;

    /// <summary>The newest run of a session stays, and one that a request id still leads to.</summary>
    public const string RunsToDelete = $"""
        SELECT r.workflow, {Run} FROM runs r
        JOIN sessions s ON s.tenant = r.tenant AND s.session = r.session
        WHERE r.ended_at IS NOT NULL AND r.agent = ?1 AND r.trimmed IN (0, 1) AND r.ended_at <= ?2
            AND r.request_open = 0 AND r.ordinal < s.run_ordinal
        LIMIT ?3
        """;

    public const string DeleteRun = "DELETE FROM runs WHERE tenant = ?1 AND session = ?2 AND run_id = ?3";
    public const string DeleteToolCallsOfRun = """
        DELETE FROM tool_calls WHERE tenant = ?1 AND session = ?2 AND run_id = ?3
        """;
    public const string DeleteCheckpointsOfRun = """
        DELETE FROM checkpoints WHERE tenant = ?1 AND session = ?2 AND run_id = ?3
        """;
    public const string DeleteSuspensionOfRun = """
        DELETE FROM suspensions WHERE tenant = ?1 AND session = ?2 AND run_id = ?3
        """;
    public const string DeleteCommandsOfRun = """
        DELETE FROM commands WHERE tenant = ?1 AND session = ?2 AND run_id = ?3
        """;

    // Blobs

    public const string OwnBlob = """
        INSERT INTO blob_owners (tenant, session, hash, uses) VALUES (?1, ?2, ?3, 1)
        ON CONFLICT DO UPDATE SET uses = uses + 1
        """;

    public const string UnuseBlob = """
        UPDATE blob_owners SET uses = uses - 1 WHERE tenant = ?1 AND session = ?2 AND hash = ?3 RETURNING uses
        """;

    public const string DisownBlob = "DELETE FROM blob_owners WHERE tenant = ?1 AND session = ?2 AND hash = ?3";

    public const string ReleaseBlob = "INSERT OR IGNORE INTO released_blobs (hash) VALUES (?1)";

    public const string ReleaseBlobsOfSession = """
        INSERT OR IGNORE INTO released_blobs (hash) SELECT hash FROM blob_owners WHERE tenant = ?1 AND session = ?2
        """;

    /// <summary>The blob of a session's state, if it is one: a column of 43 bytes that starts with 1.</summary>
    public const string StateBlob = """
        SELECT state FROM session_states
        WHERE tenant = ?1 AND session = ?2 AND length(state) = 43 AND substr(state, 1, 1) = x'01'
        """;

    public const string ToolCallContent = """
        SELECT arguments, result, staged_change FROM tool_calls
        WHERE tenant = ?1 AND session = ?2 AND run_id = ?3 AND step = ?4 AND call_index = ?5
        """;

    public const string ToolCallContentOfRun = """
        SELECT arguments, result, staged_change FROM tool_calls WHERE tenant = ?1 AND session = ?2 AND run_id = ?3
        """;

    public const string CheckpointContentOfRun = """
        SELECT state FROM checkpoints WHERE tenant = ?1 AND session = ?2 AND run_id = ?3
        """;

    public const string OutputOfRun = "SELECT output FROM runs WHERE tenant = ?1 AND session = ?2 AND run_id = ?3";

    public const string IsBlobOwned = "SELECT 1 FROM blob_owners WHERE hash = ?1";

    public const string ListReleasedBlobs = "SELECT hash FROM released_blobs LIMIT ?1";

    public const string ForgetReleasedBlob = "DELETE FROM released_blobs WHERE hash = ?1";
}
