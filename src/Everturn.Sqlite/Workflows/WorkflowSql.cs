namespace Everturn.Sqlite.Workflows;

/// <summary>The statements of the workflow store. ?1 to ?3 are always tenant, workflow and instance id.</summary>
internal static class WorkflowSql
{
    public const string InsertInstance = """
        INSERT INTO workflow_instances (
            tenant, workflow, instance_id, status, creation_token, params, created, wake, owner_node,
            owner_node_epoch, owner_epoch, claim_count, last_event, version, origin, started
        )
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 0, ?13, ?14, ?15)
        ON CONFLICT DO NOTHING
        """;

    public const string SelectInstance = $"SELECT {Columns} FROM workflow_instances WHERE {Key}";

    public const string SelectFence = $"""
        SELECT owner_node, owner_node_epoch, owner_epoch, claim_count, status, terminating, last_event
        FROM workflow_instances WHERE {Key}
        """;

    public const string SelectState = $"""
        SELECT status, owner_node, wake, last_event, paused, terminating FROM workflow_instances WHERE {Key}
        """;

    public const string SelectDue = $"""
        SELECT {Columns} FROM workflow_instances WHERE workflow = ?1 AND wake <= ?2 AND version <= ?4
        ORDER BY wake LIMIT ?3
        """;

    public const string SelectNextDue = """
        SELECT wake FROM workflow_instances WHERE workflow = ?1 AND wake IS NOT NULL AND version <= ?2
        ORDER BY wake LIMIT 1
        """;

    /// <summary>Reads the index of owned instances alone, which is as long as what is executed right now.</summary>
    public const string CountOwned = """
        SELECT count(*) FROM workflow_instances INDEXED BY workflow_instances_owned
        WHERE owner_node IS NOT NULL AND workflow = ?1
        """;

    public const string SelectOwned = """
        SELECT tenant, workflow, instance_id, owner_epoch, last_event, status, terminating FROM workflow_instances
        WHERE owner_node = ?1 AND owner_node_epoch = ?2
        """;

    public const string SelectPage = $"""
        SELECT {Columns} FROM workflow_instances
        WHERE tenant = ?1
            AND (created, workflow, instance_id) < (?2, ?3, ?4)
            AND {Filters}
        ORDER BY created DESC, workflow DESC, instance_id DESC
        LIMIT ?7
        """;

    public const string SelectFirstPage = $"""
        SELECT {Columns} FROM workflow_instances
        WHERE tenant = ?1 AND {Filters}
        ORDER BY created DESC, workflow DESC, instance_id DESC
        LIMIT ?7
        """;

    public const string CountByStatus = """
        SELECT status, count(*) FROM workflow_instances WHERE tenant = ?1 AND workflow = ?2 GROUP BY status
        """;

    public const string Claim = $"""
        UPDATE workflow_instances
        SET status = 'running', wake = NULL, owner_node = ?4, owner_node_epoch = ?5, owner_epoch = owner_epoch + 1,
            claim_count = claim_count + 1, started = coalesce(started, ?6)
        WHERE {Key}
        """;

    public const string Progress = $"UPDATE workflow_instances SET claim_count = 0 WHERE {Key}";

    public const string SetStatus = $"UPDATE workflow_instances SET status = ?4, claim_count = 0 WHERE {Key}";

    public const string Release = $"""
        UPDATE workflow_instances
        SET status = ?4, claim_count = 0, owner_node = NULL, owner_node_epoch = NULL, wake = ?5
        WHERE {Key}
        """;

    public const string ReleasePaused = $"""
        UPDATE workflow_instances
        SET status = 'paused', claim_count = 0, owner_node = NULL, owner_node_epoch = NULL, wake = NULL, paused = ?4,
            error_name = ?5, error_message = ?6
        WHERE {Key}
        """;

    public const string End = $"""
        UPDATE workflow_instances
        SET status = ?4, claim_count = 0, owner_node = NULL, owner_node_epoch = NULL, wake = NULL, ended = ?5,
            result = ?6, error_name = ?7, error_message = ?8, expires = ?9, rollback = ?10, terminating = 0
        WHERE {Key}
        """;

    public const string Terminate = $"""
        UPDATE workflow_instances
        SET status = 'terminated', owner_node = NULL, owner_node_epoch = NULL, owner_epoch = owner_epoch + 1,
            wake = NULL, ended = ?4, expires = ?5, paused = NULL, error_name = NULL, error_message = NULL
        WHERE {Key}
        """;

    public const string AskForRollback = $"""
        UPDATE workflow_instances
        SET terminating = 1, status = ?4, wake = ?5, paused = NULL, error_name = NULL, error_message = NULL
        WHERE {Key}
        """;

    public const string Pause =
        $"UPDATE workflow_instances SET status = 'paused', paused = ?4, wake = NULL WHERE {Key}";

    public const string ChangeStatus = $"UPDATE workflow_instances SET status = ?4 WHERE {Key}";

    public const string Resume = $"""
        UPDATE workflow_instances
        SET status = 'queued', paused = NULL, wake = ?4, claim_count = 0, error_name = NULL, error_message = NULL
        WHERE {Key}
        """;

    // What somebody outside was told of a deadline holds, whatever becomes of the instance.
    public const string ShiftDue = $"""
        UPDATE workflow_journal SET due = due + ?4
        WHERE {Key} AND outcome = 0 AND due IS NOT NULL AND kind NOT IN ('approval', 'clientTool')
        """;

    public const string Restart = $"""
        UPDATE workflow_instances
        SET status = 'queued', owner_node = NULL, owner_node_epoch = NULL, owner_epoch = owner_epoch + 1, claim_count = 0,
            wake = ?4, result = NULL, error_name = NULL, error_message = NULL, started = NULL, ended = NULL,
            paused = NULL, expires = NULL, rollback = NULL, terminating = 0
        WHERE {Key}
        """;

    public const string SelectStart = $"""
        SELECT start_order, started FROM workflow_journal
        WHERE {Key} AND kind = ?4 AND name = ?5 AND ordinal = ?6
        """;

    public const string DeleteChunksFrom = $"""
        DELETE FROM workflow_chunks WHERE {Key} AND EXISTS (
            SELECT 1 FROM workflow_journal
            WHERE workflow_journal.tenant = ?1 AND workflow_journal.workflow = ?2
                AND workflow_journal.instance_id = ?3 AND workflow_journal.kind = workflow_chunks.kind
                AND workflow_journal.name = workflow_chunks.name AND workflow_journal.ordinal = workflow_chunks.ordinal
                AND (workflow_journal.start_order, workflow_journal.started) >= (?4, ?5)
        )
        """;

    public const string DeleteJournalFrom = $"""
        DELETE FROM workflow_journal WHERE {Key} AND (start_order, started) >= (?4, ?5)
        """;

    public const string SelectOrphansToPause = $"""
        SELECT tenant, workflow, instance_id FROM workflow_instances WHERE status = 'waitingForPause' AND {IsOrphan}
        """;

    public const string PauseOrphan = $"""
        UPDATE workflow_instances
        SET status = 'paused', paused = ?4, owner_node = NULL, owner_node_epoch = NULL, wake = NULL
        WHERE {Key}
        """;

    public const string ReleaseOrphans = $"""
        UPDATE workflow_instances SET status = 'queued', owner_node = NULL, owner_node_epoch = NULL, wake = ?1
        WHERE {IsOrphan}
        """;

    public const string SelectExpired = """
        SELECT tenant, workflow, instance_id FROM workflow_instances WHERE expires <= ?1 ORDER BY expires LIMIT ?2
        """;

    public const string DeleteInstance = $"DELETE FROM workflow_instances WHERE {Key}";

    public const string UpsertRecord = """
        INSERT INTO workflow_journal (
            tenant, workflow, instance_id, kind, name, ordinal, outcome, attempt, completion, value, error_name,
            error_message, due, event_type, started, ended, sensitive, start_order, has_rollback, config
        )
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)
        ON CONFLICT DO UPDATE SET
            outcome = excluded.outcome, attempt = excluded.attempt, completion = excluded.completion,
            value = excluded.value, error_name = excluded.error_name, error_message = excluded.error_message,
            due = excluded.due, event_type = excluded.event_type, started = excluded.started, ended = excluded.ended,
            sensitive = excluded.sensitive, start_order = excluded.start_order, has_rollback = excluded.has_rollback,
            config = excluded.config
        """;

    public const string SelectJournal = $"SELECT {JournalColumns} FROM workflow_journal WHERE {Key}";

    public const string SelectRecord = $"""
        SELECT {JournalColumns} FROM workflow_journal WHERE {Key} AND kind = ?4 AND name = ?5 AND ordinal = ?6
        """;

    public const string DeleteJournal = $"DELETE FROM workflow_journal WHERE {Key}";

    public const string InsertEvent = """
        INSERT INTO workflow_events (tenant, workflow, instance_id, sequence, type, payload, sent)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        """;

    public const string NoteEvent = $"UPDATE workflow_instances SET last_event = ?4, wake = ?5 WHERE {Key}";

    public const string SelectEvents = $"""
        SELECT sequence, type, payload, sent FROM workflow_events WHERE {Key} ORDER BY sequence
        """;

    public const string SelectUnseen = $"""
        SELECT sent FROM workflow_events WHERE {Key} AND sequence > ?4 ORDER BY sequence LIMIT 1
        """;

    public const string DeleteEvent = $"DELETE FROM workflow_events WHERE {Key} AND sequence = ?4";

    public const string DeleteEvents = $"DELETE FROM workflow_events WHERE {Key}";

    // The log

    public const string LastLog = $"""
        SELECT last FROM workflow_log WHERE {Key} ORDER BY first DESC LIMIT 1
        """;

    public const string InsertLog = """
        INSERT INTO workflow_log (tenant, workflow, instance_id, first, last, entries) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        """;

    public const string SelectLog = $"""
        SELECT first, entries FROM workflow_log WHERE {Key} AND last > ?4 ORDER BY first LIMIT ?5
        """;

    public const string DeleteLog = $"DELETE FROM workflow_log WHERE {Key}";

    // Chunks of streaming steps

    public const string InsertChunk = """
        INSERT OR REPLACE INTO workflow_chunks
            (tenant, workflow, instance_id, kind, name, ordinal, attempt, place, content)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        """;

    public const string SelectChunk = $"""
        SELECT content FROM workflow_chunks
        WHERE {Key} AND kind = ?4 AND name = ?5 AND ordinal = ?6 AND attempt = ?7 AND place = ?8
        """;

    public const string DropChunks = $"""
        DELETE FROM workflow_chunks WHERE {Key} AND kind = ?4 AND name = ?5 AND ordinal = ?6
        """;

    public const string DeleteChunks = $"DELETE FROM workflow_chunks WHERE {Key}";

    // Calls to somebody outside

    public const string InsertCall = """
        INSERT INTO workflow_calls (
            tenant, workflow, instance_id, approval_id, kind, tool_call_id, tool, user, status, arguments, arguments_hash,
            answer_schema, on_expiry, sensitive, requested, expires, decided, decided_by, reason, response
        )
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)
        """;

    public const string DecideCall = $"""
        UPDATE workflow_calls SET status = ?5, decided = ?6, decided_by = ?7, reason = ?8, response = ?9
        WHERE {Key} AND approval_id = ?4 AND status = 'pending'
        """;

    public const string WithdrawCalls = $"""
        UPDATE workflow_calls SET status = 'withdrawn', decided = ?4 WHERE {Key} AND status = 'pending'
        """;

    public const string WithdrawForgottenCalls = $"""
        {WithdrawCalls} AND 'call:' || approval_id NOT IN (
            SELECT event_type FROM workflow_journal
            WHERE tenant = ?1 AND workflow = ?2 AND instance_id = ?3 AND event_type IS NOT NULL
        )
        """;

    public const string ReopenCalls = $"""
        UPDATE workflow_calls SET status = 'pending', decided = NULL
        WHERE {Key} AND status = 'withdrawn' AND 'call:' || approval_id IN (
            SELECT event_type FROM workflow_journal
            WHERE tenant = ?1 AND workflow = ?2 AND instance_id = ?3 AND outcome = 0 AND event_type IS NOT NULL
        )
        """;

    public const string FindCall = $"""
        SELECT {CallColumns} FROM workflow_calls WHERE tenant = ?1 AND approval_id = ?2
        """;

    public const string SelectCalls = $"""
        SELECT {CallColumns} FROM workflow_calls
        WHERE tenant = ?1 AND status = ?2 AND requested >= ?3 AND (requested, '', approval_id) > (?3, ?4, ?5)
            AND (?7 IS NULL OR workflow = ?7) AND (?8 IS NULL OR user = ?8)
        ORDER BY requested, approval_id LIMIT ?6
        """;

    public const string DeleteCalls = $"DELETE FROM workflow_calls WHERE {Key}";

    // Schedules

    public const string SelectFiring = "SELECT last FROM workflow_firings WHERE workflow = ?1 AND cron = ?2";

    public const string NoteFiring = """
        INSERT INTO workflow_firings (workflow, cron, last) VALUES (?1, ?2, ?3)
        ON CONFLICT DO UPDATE SET last = excluded.last WHERE excluded.last > workflow_firings.last
        """;

    // Blobs

    public const string OwnBlob = """
        INSERT OR IGNORE INTO workflow_blobs (tenant, workflow, instance_id, hash) VALUES (?1, ?2, ?3, ?4)
        """;

    public const string ReleaseBlobs = $"""
        INSERT OR IGNORE INTO workflow_released_blobs (hash) SELECT hash FROM workflow_blobs WHERE {Key}
        """;

    public const string DisownBlobs = $"DELETE FROM workflow_blobs WHERE {Key}";

    public const string ReleaseBlob = "INSERT OR IGNORE INTO workflow_released_blobs (hash) VALUES (?1)";

    public const string SelectReleasedBlobs = "SELECT hash FROM workflow_released_blobs LIMIT ?1";

    public const string IsBlobOwned = "SELECT 1 FROM workflow_blobs WHERE hash = ?1 LIMIT 1";

    public const string ForgetReleasedBlob = "DELETE FROM workflow_released_blobs WHERE hash = ?1";

    private const string IsOrphan = """
        owner_node IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM nodes
            WHERE nodes.node_id = workflow_instances.owner_node AND nodes.epoch = workflow_instances.owner_node_epoch
                AND nodes.state = 1
        )
        """;

    private const string Filters = """
        (?5 IS NULL OR workflow = ?5)
            AND (?6 IS NULL OR status = ?6)
            AND (?8 IS NULL OR substr(instance_id, 1, length(?8)) = ?8)
            AND (?9 IS NULL OR created >= ?9)
            AND (?10 IS NULL OR created < ?10)
        """;

    private const string JournalColumns = """
        kind, name, ordinal, outcome, attempt, completion, value, error_name, error_message, due, event_type, started,
        ended, sensitive, start_order, has_rollback, config
        """;

    private const string CallColumns = """
        tenant, workflow, instance_id, approval_id, kind, tool_call_id, tool, user, status, arguments, arguments_hash,
        answer_schema, on_expiry, sensitive, requested, expires, decided, decided_by, reason, response
        """;

    private const string Key = "tenant = ?1 AND workflow = ?2 AND instance_id = ?3";

    private const string Columns = """
        tenant, workflow, instance_id, status, creation_token, params, result, error_name, error_message, created,
        ended, wake, owner_node, owner_node_epoch, owner_epoch, claim_count, last_event, version, origin, started,
        paused, expires, terminating, rollback
        """;
}
