using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.Workflows;

/// <summary>
/// The tables of the workflow store. Times are UTC milliseconds; payload columns are what <see cref="PayloadStore"/>
/// writes.
/// </summary>
internal static class WorkflowSchema
{
    public static readonly Schema Schema = new("workflows", [new Migration(1, Version1)]);

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
}
