using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.Sessions;

/// <summary>
/// The tables of sessions. Times are UTC milliseconds; <c>content</c>, <c>state</c>, <c>arguments</c>, <c>result</c>,
/// <c>staged_change</c>, <c>response</c> and <c>output</c> are payloads as <see cref="PayloadStore"/> writes them.
/// </summary>
internal static class SessionSchema
{
    public static readonly Schema Schema = new(
        "sessions",
        [new Migration(1, Version1), new Migration(2, Version2), new Migration(3, Version3), new Migration(4, Version4)]
    );

    private const string Version1 = """
        -- A session. One with deleted_at is a tombstone: nothing else of it is left.
        CREATE TABLE sessions (
            tenant             TEXT NOT NULL,
            session            TEXT NOT NULL,
            agent              TEXT NOT NULL,
            status             TEXT NOT NULL,
            stream             TEXT NOT NULL,
            version            INTEGER NOT NULL,
            message_count      INTEGER NOT NULL,
            first_sequence     INTEGER NOT NULL,
            last_sequence      INTEGER NOT NULL,
            run_ordinal        INTEGER NOT NULL,
            turn               INTEGER NOT NULL,
            step_count         INTEGER NOT NULL,
            current_run        TEXT,
            created_at         INTEGER NOT NULL,
            updated_at         INTEGER NOT NULL,
            expires_at         INTEGER,
            deleted_at         INTEGER,
            title              TEXT,
            user               TEXT,
            tags               TEXT, -- JSON array; rows of session_tags mirror it
            metadata           TEXT, -- JSON object
            root_session       TEXT,
            parent_session     TEXT,
            forked_from        TEXT,
            PRIMARY KEY (tenant, session)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX sessions_by_age ON sessions (tenant, created_at, session) WHERE deleted_at IS NULL;
        CREATE INDEX sessions_by_agent ON sessions (tenant, agent, created_at, session) WHERE deleted_at IS NULL;
        CREATE INDEX sessions_by_user ON sessions (tenant, user, created_at, session)
            WHERE deleted_at IS NULL AND user IS NOT NULL;
        CREATE INDEX sessions_by_expiry ON sessions (expires_at) WHERE deleted_at IS NULL AND expires_at IS NOT NULL;
        CREATE INDEX sessions_by_deletion ON sessions (agent, deleted_at) WHERE deleted_at IS NOT NULL;

        CREATE TABLE session_tags (
            tenant     TEXT NOT NULL,
            tag        TEXT NOT NULL,
            created_at INTEGER NOT NULL, -- of the session
            session    TEXT NOT NULL,
            PRIMARY KEY (tenant, tag, created_at, session)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE runs (
            tenant              TEXT NOT NULL,
            session             TEXT NOT NULL,
            ordinal             INTEGER NOT NULL,
            run_id              TEXT NOT NULL,
            turn                INTEGER NOT NULL,
            "trigger"           TEXT NOT NULL,
            instance_id         TEXT NOT NULL,
            agent               TEXT NOT NULL,
            runtime             TEXT NOT NULL,
            status              TEXT NOT NULL,
            start_sequence      INTEGER NOT NULL,
            end_sequence        INTEGER,
            committed_sequence  INTEGER, -- last chunk of its last committed step: chunks up to here are final
            start_message_count INTEGER NOT NULL,
            step_count          INTEGER NOT NULL,
            claim_count         INTEGER NOT NULL,
            command_revision    INTEGER NOT NULL,
            owner_node          TEXT,
            owner_node_epoch    INTEGER,
            owner_epoch         INTEGER,
            created_at          INTEGER NOT NULL,
            started_at          INTEGER,
            ended_at            INTEGER,
            deadline            INTEGER,
            parent_run          TEXT,
            request_id          TEXT,
            body_hash           TEXT,
            request_open        INTEGER NOT NULL, -- 1 while the request id leads to this run
            definition_version  TEXT,
            trace_parent        TEXT,
            reason              TEXT,
            error               TEXT,
            workflow            TEXT, -- what carries it; NULL for none
            trimmed             INTEGER NOT NULL DEFAULT 0, -- 1 when its chunks are gone
            output              BLOB,
            PRIMARY KEY (tenant, session, ordinal)
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX runs_by_id ON runs (tenant, session, run_id);
        CREATE UNIQUE INDEX runs_by_request ON runs (tenant, session, request_id) WHERE request_open = 1;
        CREATE INDEX runs_by_request_age ON runs (agent, created_at) WHERE request_open = 1;
        CREATE INDEX runs_running ON runs (runtime, created_at, run_id) WHERE status = 'running';
        CREATE INDEX runs_ended ON runs (agent, trimmed, ended_at) WHERE ended_at IS NOT NULL;

        CREATE TABLE messages (
            tenant     TEXT NOT NULL,
            session    TEXT NOT NULL,
            position   INTEGER NOT NULL, -- from 0
            run_id     TEXT,
            created_at INTEGER NOT NULL,
            content    BLOB NOT NULL,
            PRIMARY KEY (tenant, session, position)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE tool_calls (
            tenant          TEXT NOT NULL,
            session         TEXT NOT NULL,
            run_id          TEXT NOT NULL,
            step            INTEGER NOT NULL,
            call_index      INTEGER NOT NULL,
            tool_call_id    TEXT NOT NULL,
            tool            TEXT NOT NULL,
            status          TEXT NOT NULL,
            effect          TEXT NOT NULL,
            attempt         INTEGER NOT NULL,
            sensitive       INTEGER NOT NULL,
            idempotency_key TEXT NOT NULL,
            created_at      INTEGER NOT NULL,
            ended_at        INTEGER,
            arguments       BLOB,
            result          BLOB,
            staged_change   BLOB,
            PRIMARY KEY (tenant, session, run_id, step, call_index)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE session_states (
            tenant  TEXT NOT NULL,
            session TEXT NOT NULL,
            state   BLOB NOT NULL,
            PRIMARY KEY (tenant, session)
        ) STRICT, WITHOUT ROWID;

        -- One row per flush: its chunks, one JSON text a line.
        CREATE TABLE chunks (
            tenant         TEXT NOT NULL,
            session        TEXT NOT NULL,
            first_sequence INTEGER NOT NULL,
            last_sequence  INTEGER NOT NULL,
            run_ordinal    INTEGER NOT NULL, -- 0 outside a run
            step           INTEGER NOT NULL,
            content        BLOB NOT NULL,
            PRIMARY KEY (tenant, session, first_sequence)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE usage_entries (
            tenant      TEXT NOT NULL,
            session     TEXT NOT NULL,
            number      INTEGER NOT NULL, -- from 1
            id          TEXT NOT NULL,
            at          INTEGER NOT NULL,
            run_id      TEXT NOT NULL,
            step        INTEGER NOT NULL,
            source      TEXT NOT NULL,
            kind        TEXT NOT NULL,
            name        TEXT,
            provider    TEXT,
            prompt      INTEGER, -- tokens; NULL in all five for an entry without
            completion  INTEGER,
            reasoning   INTEGER,
            cached      INTEGER,
            total       INTEGER,
            duration    INTEGER, -- units of 100 ns
            success     INTEGER,
            amount      REAL,
            PRIMARY KEY (tenant, session, number)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE checkpoints (
            tenant        TEXT NOT NULL,
            session       TEXT NOT NULL,
            number        INTEGER NOT NULL, -- the session's committed steps
            checkpoint_id TEXT NOT NULL, -- no index: looked for rarely, and in one session
            run_id        TEXT NOT NULL,
            step_count    INTEGER NOT NULL,
            message_count INTEGER NOT NULL,
            sequence      INTEGER NOT NULL,
            status        TEXT NOT NULL,
            created_at    INTEGER NOT NULL,
            state         BLOB,
            PRIMARY KEY (tenant, session, number)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE suspensions (
            tenant            TEXT NOT NULL,
            session           TEXT NOT NULL,
            run_id            TEXT NOT NULL,
            kind              TEXT NOT NULL,
            step              INTEGER NOT NULL,
            tool_call_ids     TEXT NOT NULL, -- JSON array
            child_session_ids TEXT NOT NULL, -- JSON array
            expires_at        INTEGER,
            PRIMARY KEY (tenant, session, run_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX suspensions_by_expiry ON suspensions (expires_at) WHERE expires_at IS NOT NULL;

        CREATE TABLE pending_calls (
            tenant         TEXT NOT NULL,
            session        TEXT NOT NULL,
            approval_id    TEXT NOT NULL,
            run_id         TEXT NOT NULL,
            tool_call_id   TEXT NOT NULL,
            tool           TEXT NOT NULL,
            kind           TEXT NOT NULL,
            arguments_hash TEXT NOT NULL,
            decided_by     TEXT,
            requested_at   INTEGER NOT NULL,
            expires_at     INTEGER,
            decided_at     INTEGER,
            arguments      BLOB,
            response       BLOB,
            PRIMARY KEY (tenant, session, approval_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX pending_calls_open ON pending_calls (tenant, requested_at, approval_id) WHERE decided_at IS NULL;
        CREATE INDEX pending_calls_by_expiry ON pending_calls (expires_at)
            WHERE decided_at IS NULL AND expires_at IS NOT NULL;

        CREATE TABLE commands (
            tenant     TEXT NOT NULL,
            session    TEXT NOT NULL,
            run_id     TEXT NOT NULL,
            revision   INTEGER NOT NULL, -- from 1
            kind       TEXT NOT NULL,
            reason     TEXT,
            created_at INTEGER NOT NULL,
            open       INTEGER NOT NULL, -- 1 while the run is running
            content    BLOB,
            PRIMARY KEY (tenant, session, run_id, revision)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX commands_open ON commands (created_at) WHERE open = 1;

        -- AUTOINCREMENT: an id that came back would let a slow drainer complete somebody else's entry.
        CREATE TABLE outbox (
            id          INTEGER PRIMARY KEY AUTOINCREMENT,
            tenant      TEXT NOT NULL,
            session     TEXT NOT NULL,
            kind        TEXT NOT NULL,
            instance_id TEXT NOT NULL,
            token       TEXT NOT NULL,
            workflow    TEXT,
            parameters  BLOB
        ) STRICT;

        -- Which sessions name a blob, and how often. A blob without an owner is in released_blobs until the sweeper
        -- has deleted its file.
        CREATE TABLE blob_owners (
            tenant  TEXT NOT NULL,
            session TEXT NOT NULL,
            hash    BLOB NOT NULL,
            uses    INTEGER NOT NULL,
            PRIMARY KEY (tenant, session, hash)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX blob_owners_by_hash ON blob_owners (hash);
        CREATE TABLE released_blobs (
            hash BLOB NOT NULL PRIMARY KEY
        ) STRICT, WITHOUT ROWID;
        """;

    private const string Version2 = """
        ALTER TABLE runs ADD COLUMN server TEXT; -- the agent server that it belongs to; NULL for none
        """;

    /// <summary>Transcripts that were put back, states that runs began with, the status of pending calls.</summary>
    private const string Version3 = """
        -- Messages that are no part of the transcript any more.
        CREATE TABLE voided_messages (
            tenant     TEXT NOT NULL,
            session    TEXT NOT NULL,
            number     INTEGER NOT NULL, -- from 1
            position   INTEGER NOT NULL, -- where it was
            run_id     TEXT,
            created_at INTEGER NOT NULL,
            voided_by  TEXT NOT NULL, -- the run that went back
            voided_at  INTEGER NOT NULL,
            content    BLOB NOT NULL,
            PRIMARY KEY (tenant, session, number)
        ) STRICT, WITHOUT ROWID;
        ALTER TABLE checkpoints ADD COLUMN voided INTEGER NOT NULL DEFAULT 0; -- 1 when its messages are void

        -- The messages of the commit that began a run have its time.
        ALTER TABLE runs ADD COLUMN input_message_count INTEGER NOT NULL DEFAULT 0;
        UPDATE runs SET input_message_count = (
            SELECT count(*) FROM messages m
            WHERE m.tenant = runs.tenant AND m.session = runs.session AND m.position >= runs.start_message_count
                AND m.run_id = runs.run_id AND m.created_at = runs.created_at);
        -- Empty where there was none; of older runs the last checkpoint before them tells it.
        ALTER TABLE runs ADD COLUMN start_state BLOB;

        ALTER TABLE pending_calls ADD COLUMN status TEXT NOT NULL DEFAULT 'pending';
        UPDATE pending_calls SET status = 'answered' WHERE decided_at IS NOT NULL;
        DROP INDEX pending_calls_open;
        CREATE INDEX pending_calls_by_status ON pending_calls (tenant, status, requested_at, session, approval_id);
        CREATE INDEX pending_calls_by_run ON pending_calls (tenant, session, run_id);
        """;

    /// <summary>Messages that wait for the run in their way.</summary>
    private const string Version4 = """
        ALTER TABLE sessions ADD COLUMN queued INTEGER NOT NULL DEFAULT 0; -- how many wait
        CREATE INDEX sessions_queued ON sessions (tenant, session) WHERE queued > 0;

        -- One that became a run of its own is in runs. One that joined a run or was withdrawn stays here for as long as
        -- its request may be repeated.
        CREATE TABLE queued_runs (
            tenant       TEXT NOT NULL,
            session      TEXT NOT NULL,
            position     INTEGER NOT NULL, -- order of acceptance
            run_id       TEXT NOT NULL,
            policy       TEXT NOT NULL,
            status       TEXT NOT NULL,
            agent        TEXT NOT NULL,
            target_run   TEXT NOT NULL, -- the run that was in its way when it came
            target_turn  INTEGER NOT NULL,
            joined_run   TEXT,
            request_id   TEXT,
            body_hash    TEXT,
            server       TEXT,
            trace_parent TEXT,
            reason       TEXT,
            error        TEXT,
            created_at   INTEGER NOT NULL,
            ended_at     INTEGER, -- NULL while it waits
            content      BLOB, -- its messages; NULL when it does not wait any more
            PRIMARY KEY (tenant, session, position)
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX queued_runs_by_id ON queued_runs (tenant, session, run_id);
        CREATE UNIQUE INDEX queued_runs_by_request ON queued_runs (tenant, session, request_id)
            WHERE request_id IS NOT NULL;
        CREATE INDEX queued_runs_settled ON queued_runs (agent, ended_at) WHERE ended_at IS NOT NULL;
        """;
}
