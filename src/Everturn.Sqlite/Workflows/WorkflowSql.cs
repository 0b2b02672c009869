namespace Everturn.Sqlite.Workflows;

/// <summary>The statements of the workflow store. ?1 to ?3 are always tenant, workflow and instance id.</summary>
internal static class WorkflowSql
{
    public const string InsertInstance = """
        INSERT INTO workflow_instances (
            tenant, workflow, instance_id, status, creation_token, params, created, wake, owner_node,
            owner_node_epoch, owner_epoch, claim_count, last_event
        )
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 0)
        ON CONFLICT DO NOTHING
        """;

    public const string SelectInstance = $"SELECT {Columns} FROM workflow_instances WHERE {Key}";

    public const string SelectFence = $"""
        SELECT owner_node, owner_node_epoch, owner_epoch, claim_count FROM workflow_instances WHERE {Key}
        """;

    public const string SelectState = $"""
        SELECT status, owner_node, wake, last_event FROM workflow_instances WHERE {Key}
        """;

    public const string SelectDue = $"""
        SELECT {Columns} FROM workflow_instances WHERE workflow = ?1 AND wake <= ?2 ORDER BY wake LIMIT ?3
        """;

    public const string SelectNextDue = """
        SELECT wake FROM workflow_instances WHERE workflow = ?1 AND wake IS NOT NULL ORDER BY wake LIMIT 1
        """;

    public const string SelectOwned = """
        SELECT tenant, workflow, instance_id, owner_epoch, last_event FROM workflow_instances
        WHERE owner_node = ?1 AND owner_node_epoch = ?2
        """;

    public const string SelectPage = $"""
        SELECT {Columns} FROM workflow_instances
        WHERE tenant = ?1
            AND (created, workflow, instance_id) < (?2, ?3, ?4)
            AND (?5 IS NULL OR workflow = ?5)
            AND (?6 IS NULL OR status = ?6)
        ORDER BY created DESC, workflow DESC, instance_id DESC
        LIMIT ?7
        """;

    public const string SelectFirstPage = $"""
        SELECT {Columns} FROM workflow_instances
        WHERE tenant = ?1 AND (?5 IS NULL OR workflow = ?5) AND (?6 IS NULL OR status = ?6)
        ORDER BY created DESC, workflow DESC, instance_id DESC
        LIMIT ?7
        """;

    public const string Claim = $"""
        UPDATE workflow_instances
        SET status = 'running', wake = NULL, owner_node = ?4, owner_node_epoch = ?5, owner_epoch = owner_epoch + 1,
            claim_count = claim_count + 1
        WHERE {Key}
        """;

    public const string Progress = $"UPDATE workflow_instances SET claim_count = 0 WHERE {Key}";

    public const string SetStatus = $"UPDATE workflow_instances SET status = ?4, claim_count = 0 WHERE {Key}";

    public const string Release = $"""
        UPDATE workflow_instances
        SET status = coalesce(?4, status), claim_count = 0, owner_node = NULL, owner_node_epoch = NULL, wake = ?5
        WHERE {Key}
        """;

    public const string End = $"""
        UPDATE workflow_instances
        SET status = ?4, claim_count = 0, owner_node = NULL, owner_node_epoch = NULL, wake = NULL, ended = ?5,
            result = ?6, error_name = ?7, error_message = ?8
        WHERE {Key}
        """;

    public const string Terminate = $"""
        UPDATE workflow_instances
        SET status = 'terminated', owner_node = NULL, owner_node_epoch = NULL, owner_epoch = owner_epoch + 1,
            wake = NULL, ended = ?4
        WHERE {Key}
        """;

    public const string ReleaseOrphans = """
        UPDATE workflow_instances SET status = 'queued', owner_node = NULL, owner_node_epoch = NULL, wake = ?1
        WHERE owner_node IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM nodes
            WHERE nodes.node_id = workflow_instances.owner_node AND nodes.epoch = workflow_instances.owner_node_epoch
                AND nodes.state = 1
        )
        """;

    public const string DeleteInstance = $"DELETE FROM workflow_instances WHERE {Key}";

    public const string UpsertRecord = """
        INSERT INTO workflow_journal (
            tenant, workflow, instance_id, kind, name, ordinal, outcome, attempt, completion, value, error_name,
            error_message, due, event_type, started, ended, sensitive
        )
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
        ON CONFLICT DO UPDATE SET
            outcome = excluded.outcome, attempt = excluded.attempt, completion = excluded.completion,
            value = excluded.value, error_name = excluded.error_name, error_message = excluded.error_message,
            due = excluded.due, event_type = excluded.event_type, started = excluded.started, ended = excluded.ended,
            sensitive = excluded.sensitive
        """;

    public const string SelectJournal = $"""
        SELECT kind, name, ordinal, outcome, attempt, completion, value, error_name, error_message, due, event_type,
            started, ended, sensitive
        FROM workflow_journal WHERE {Key}
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

    private const string Key = "tenant = ?1 AND workflow = ?2 AND instance_id = ?3";

    private const string Columns = """
        tenant, workflow, instance_id, status, creation_token, params, result, error_name, error_message, created,
        ended, wake, owner_node, owner_node_epoch, owner_epoch, claim_count, last_event
        """;
}
