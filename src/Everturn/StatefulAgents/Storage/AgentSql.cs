namespace Everturn.StatefulAgents.Storage;

/// <summary>
/// The statements on an object's own tables. Each table is created by the first write to it. Names as upstream (Cloudflare
/// Agents, storage schema); times are Unix milliseconds, JSON is text.
/// </summary>
internal static class AgentSql
{
    public const string StateTable = "cf_agents_state";
    public const string QueueTable = "cf_agents_queues";
    public const string ScheduleTable = "cf_agents_schedules";
    public const string StartsTable = "cf_agents_starts";
    public const string KeyValueTable = "_cf_KV";

    public const string FindTable = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1";

    public const string NextObject = """
        SELECT type, name FROM sqlite_schema
        WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
        ORDER BY type = 'view' DESC, sql LIKE 'CREATE VIRTUAL%' DESC LIMIT 1
        """;

    public const string CreateState = """
        CREATE TABLE cf_agents_state (id TEXT NOT NULL PRIMARY KEY, state TEXT NOT NULL) STRICT, WITHOUT ROWID
        """;
    public const string SelectState = "SELECT state FROM cf_agents_state WHERE id = 'cf_state_row_id'";
    public const string DeleteState = "DELETE FROM cf_agents_state WHERE id = 'cf_state_row_id'";
    public const string SaveState = """
        INSERT INTO cf_agents_state (id, state) VALUES ('cf_state_row_id', ?1)
        ON CONFLICT (id) DO UPDATE SET state = excluded.state
        """;

    public const string CreateKeyValue = """
        CREATE TABLE _cf_KV (key TEXT NOT NULL PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID
        """;
    public const string SelectValue = "SELECT value FROM _cf_KV WHERE key = ?1";
    public const string DeleteValue = "DELETE FROM _cf_KV WHERE key = ?1";
    public const string SaveValue = """
        INSERT INTO _cf_KV (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value
        """;
    private const string ValuesWhere = """
        SELECT key, value FROM _cf_KV
        WHERE (?1 IS NULL OR key >= ?1) AND (?2 IS NULL OR key > ?2) AND (?3 IS NULL OR key < ?3)
          AND (?4 IS NULL OR (key >= ?4 AND substr(key, 1, length(?4)) = ?4))
        """;
    public const string ListValues = ValuesWhere + " ORDER BY key LIMIT ?5";
    public const string ListValuesReverse = ValuesWhere + " ORDER BY key DESC LIMIT ?5";

    public const string CreateQueue = """
        CREATE TABLE cf_agents_queues (
            position      INTEGER PRIMARY KEY,
            id            TEXT NOT NULL,
            payload       TEXT,
            callback      TEXT NOT NULL,
            created_at    INTEGER NOT NULL,
            retry_options TEXT
        ) STRICT
        """;
    public const string QueueColumns = "id, callback, payload, created_at, retry_options";
    public const string InsertItem = """
        INSERT INTO cf_agents_queues (id, callback, payload, created_at, retry_options) VALUES (?1, ?2, ?3, ?4, ?5)
        """;
    public const string FirstItem = $"SELECT {QueueColumns} FROM cf_agents_queues ORDER BY position LIMIT 1";
    public const string SelectItem = $"SELECT {QueueColumns} FROM cf_agents_queues WHERE id = ?1";
    public const string ListItems = $"SELECT {QueueColumns} FROM cf_agents_queues ORDER BY position";
    public const string DeleteItem = "DELETE FROM cf_agents_queues WHERE id = ?1";
    public const string DeleteItems = "DELETE FROM cf_agents_queues";
    public const string DeleteItemsOf = "DELETE FROM cf_agents_queues WHERE callback = ?1";

    public const string CreateSchedules = """
        CREATE TABLE cf_agents_schedules (
            id                   TEXT NOT NULL PRIMARY KEY,
            callback             TEXT NOT NULL,
            payload              TEXT,
            type                 TEXT NOT NULL CHECK (type IN ('scheduled', 'delayed', 'cron', 'interval')),
            time                 INTEGER NOT NULL,
            delay                INTEGER,
            cron                 TEXT,
            interval             INTEGER,
            running              INTEGER NOT NULL DEFAULT 0,
            created_at           INTEGER NOT NULL,
            execution_started_at INTEGER,
            retry_options        TEXT
        ) STRICT, WITHOUT ROWID
        """;
    public const string ScheduleColumns = "id, callback, payload, type, time, delay, cron, interval, retry_options";
    public const string InsertSchedule = $"""
        INSERT INTO cf_agents_schedules ({ScheduleColumns}, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
        """;
    public const string SelectSchedule = $"SELECT {ScheduleColumns} FROM cf_agents_schedules WHERE id = ?1";
    public const string SelectEqual = $"""
        SELECT {ScheduleColumns} FROM cf_agents_schedules
        WHERE type = ?1 AND callback = ?2 AND payload IS ?3 AND cron IS ?4 AND interval IS ?5
        LIMIT 1
        """;
    public const string ListSchedules = $"""
        SELECT {ScheduleColumns} FROM cf_agents_schedules
        WHERE (?1 IS NULL OR id = ?1) AND (?2 IS NULL OR type = ?2) AND (?3 IS NULL OR time >= ?3)
          AND (?4 IS NULL OR time <= ?4)
        ORDER BY time, created_at, id
        """;
    public const string DueSchedules = $"""
        SELECT {ScheduleColumns} FROM cf_agents_schedules WHERE time <= ?1 ORDER BY time, created_at, id
        """;
    public const string EarliestSchedule = "SELECT min(time) FROM cf_agents_schedules";
    public const string EarliestScheduleAfter = "SELECT min(time) FROM cf_agents_schedules WHERE time > ?1";
    public const string DeleteSchedule = "DELETE FROM cf_agents_schedules WHERE id = ?1";
    public const string BeginSchedule = """
        UPDATE cf_agents_schedules SET running = 1, execution_started_at = ?2 WHERE id = ?1
        """;
    public const string RepeatSchedule = """
        UPDATE cf_agents_schedules SET running = 0, execution_started_at = NULL, time = ?2 WHERE id = ?1
        """;
    public const string CreateStarts = """
        CREATE TABLE cf_agents_starts (id TEXT NOT NULL PRIMARY KEY, starts INTEGER NOT NULL) STRICT, WITHOUT ROWID
        """;
    public const string SelectStarts = "SELECT starts FROM cf_agents_starts WHERE id = ?1";
    public const string DeleteStarts = "DELETE FROM cf_agents_starts WHERE id = ?1";
    public const string AddStart = """
        INSERT INTO cf_agents_starts (id, starts) VALUES (?1, 1) ON CONFLICT (id) DO UPDATE SET starts = starts + 1
        """;
    public const string TakeBackStart = "UPDATE cf_agents_starts SET starts = starts - 1 WHERE id = ?1";
    public const string AnyRunning = "SELECT 1 FROM cf_agents_schedules WHERE running <> 0 LIMIT 1";
    public const string ResetRunning = """
        UPDATE cf_agents_schedules SET running = 0, execution_started_at = NULL WHERE running <> 0
        """;
}
