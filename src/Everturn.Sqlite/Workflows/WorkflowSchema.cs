using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.Workflows;

/// <summary>
/// The tables of the workflow store. Times are UTC milliseconds; payload columns are what <see cref="PayloadStore"/>
/// writes.
/// </summary>
internal static class WorkflowSchema
{
    public static readonly Schema Schema = new(
        "workflows",
        [new Migration(1, Version1), new Migration(2, Version2), new Migration(3, Version3)]
    );

    // One index on wake is timer index and work queue in one: an owned instance has none, so that a step writes no index.
    private const string Version1 = """
        CREATE TABLE workflow_instances (
            tenant           TEXT NOT NULL,
            workflow         TEXT NOT NULL,
            instance_id      TEXT NOT NULL,
            status           TEXT NOT NULL,
            creation_token   TEXT,
            params           BLOB NOT NULL,
            result           BLOB,
            error_name       TEXT,
            error_message    TEXT,
            created          INTEGER NOT NULL,
            ended            INTEGER,
            wake             INTEGER,
            owner_node       TEXT,
            owner_node_epoch INTEGER,
            owner_epoch      INTEGER NOT NULL,
            claim_count      INTEGER NOT NULL,
            last_event       INTEGER NOT NULL,
            PRIMARY KEY (tenant, workflow, instance_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX workflow_instances_due ON workflow_instances (workflow, wake) WHERE wake IS NOT NULL;
        CREATE INDEX workflow_instances_owned ON workflow_instances (owner_node, owner_node_epoch)
            WHERE owner_node IS NOT NULL;
        CREATE INDEX workflow_instances_listed ON workflow_instances (tenant, created, workflow, instance_id);
        CREATE TABLE workflow_journal (
            tenant        TEXT NOT NULL,
            workflow      TEXT NOT NULL,
            instance_id   TEXT NOT NULL,
            kind          TEXT NOT NULL,
            name          TEXT NOT NULL,
            ordinal       INTEGER NOT NULL,
            outcome       INTEGER NOT NULL,
            attempt       INTEGER NOT NULL,
            completion    INTEGER,
            value         BLOB,
            error_name    TEXT,
            error_message TEXT,
            due           INTEGER,
            event_type    TEXT,
            started       INTEGER NOT NULL,
            ended         INTEGER,
            sensitive     INTEGER NOT NULL,
            PRIMARY KEY (tenant, workflow, instance_id, kind, name, ordinal)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE workflow_events (
            tenant      TEXT NOT NULL,
            workflow    TEXT NOT NULL,
            instance_id TEXT NOT NULL,
            sequence    INTEGER NOT NULL,
            type        TEXT NOT NULL,
            payload     BLOB NOT NULL,
            sent        INTEGER NOT NULL,
            PRIMARY KEY (tenant, workflow, instance_id, sequence)
        ) STRICT, WITHOUT ROWID;
        """;

    // A row of the log holds the entries of one commit. A blob column is 43 bytes that start with 1 and end with its hash;
    // instances own blobs as a whole, until they are removed.
    private const string Version2 = """
        ALTER TABLE workflow_instances ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE workflow_instances ADD COLUMN origin TEXT;
        ALTER TABLE workflow_instances ADD COLUMN started INTEGER;
        ALTER TABLE workflow_instances ADD COLUMN paused INTEGER;
        ALTER TABLE workflow_instances ADD COLUMN expires INTEGER;
        ALTER TABLE workflow_instances ADD COLUMN terminating INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE workflow_instances ADD COLUMN rollback TEXT;
        CREATE INDEX workflow_instances_expiring ON workflow_instances (expires) WHERE expires IS NOT NULL;
        ALTER TABLE workflow_journal ADD COLUMN start_order INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE workflow_journal ADD COLUMN has_rollback INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE workflow_journal ADD COLUMN config TEXT;
        CREATE TABLE workflow_log (
            tenant      TEXT NOT NULL,
            workflow    TEXT NOT NULL,
            instance_id TEXT NOT NULL,
            first       INTEGER NOT NULL,
            last        INTEGER NOT NULL,
            entries     BLOB NOT NULL,
            PRIMARY KEY (tenant, workflow, instance_id, first)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE workflow_chunks (
            tenant      TEXT NOT NULL,
            workflow    TEXT NOT NULL,
            instance_id TEXT NOT NULL,
            kind        TEXT NOT NULL,
            name        TEXT NOT NULL,
            ordinal     INTEGER NOT NULL,
            attempt     INTEGER NOT NULL,
            place       INTEGER NOT NULL,
            content     BLOB NOT NULL,
            PRIMARY KEY (tenant, workflow, instance_id, kind, name, ordinal, attempt, place)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE workflow_firings (
            workflow TEXT NOT NULL,
            cron     TEXT NOT NULL,
            last     INTEGER NOT NULL,
            PRIMARY KEY (workflow, cron)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE workflow_blobs (
            tenant      TEXT NOT NULL,
            workflow    TEXT NOT NULL,
            instance_id TEXT NOT NULL,
            hash        BLOB NOT NULL,
            PRIMARY KEY (tenant, workflow, instance_id, hash)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX workflow_blobs_by_hash ON workflow_blobs (hash);
        CREATE TABLE workflow_released_blobs (
            hash BLOB NOT NULL PRIMARY KEY
        ) STRICT, WITHOUT ROWID;
        INSERT OR IGNORE INTO workflow_blobs (tenant, workflow, instance_id, hash)
            SELECT tenant, workflow, instance_id, substr(params, 12) FROM workflow_instances
            WHERE length(params) = 43 AND substr(params, 1, 1) = x'01';
        INSERT OR IGNORE INTO workflow_blobs (tenant, workflow, instance_id, hash)
            SELECT tenant, workflow, instance_id, substr(result, 12) FROM workflow_instances
            WHERE length(result) = 43 AND substr(result, 1, 1) = x'01';
        INSERT OR IGNORE INTO workflow_blobs (tenant, workflow, instance_id, hash)
            SELECT tenant, workflow, instance_id, substr(value, 12) FROM workflow_journal
            WHERE length(value) = 43 AND substr(value, 1, 1) = x'01';
        INSERT OR IGNORE INTO workflow_blobs (tenant, workflow, instance_id, hash)
            SELECT tenant, workflow, instance_id, substr(payload, 12) FROM workflow_events
            WHERE length(payload) = 43 AND substr(payload, 1, 1) = x'01';
        """;

    // What instances ask somebody outside for. A pending row has a pending record in the journal, with its id.
    private const string Version3 = """
        CREATE TABLE workflow_calls (
            tenant         TEXT NOT NULL,
            workflow       TEXT NOT NULL,
            instance_id    TEXT NOT NULL,
            approval_id    TEXT NOT NULL,
            kind           TEXT NOT NULL,
            tool_call_id   TEXT NOT NULL,
            tool           TEXT NOT NULL,
            user           TEXT,
            status         TEXT NOT NULL,
            arguments      BLOB NOT NULL,
            arguments_hash TEXT NOT NULL,
            answer_schema  BLOB,
            on_expiry      TEXT NOT NULL,
            sensitive      INTEGER NOT NULL,
            requested      INTEGER NOT NULL,
            expires        INTEGER,
            decided        INTEGER,
            decided_by     TEXT,
            reason         TEXT,
            response       BLOB,
            PRIMARY KEY (tenant, workflow, instance_id, approval_id)
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX workflow_calls_by_id ON workflow_calls (tenant, approval_id);
        CREATE INDEX workflow_calls_listed ON workflow_calls (tenant, status, requested, approval_id);
        """;
}
