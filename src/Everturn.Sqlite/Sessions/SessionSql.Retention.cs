namespace Everturn.Sqlite.Sessions;

/// <content>Deletion, retention and blobs.</content>
internal static partial class SessionSql
{
    public const string RunsWithWorkflow = $"""
        SELECT r.workflow, {Run} FROM runs r
        WHERE r.tenant = ?1 AND r.session = ?2 AND r.workflow IS NOT NULL ORDER BY r.ordinal
        """;

    public const string DeleteSession = "DELETE FROM sessions WHERE tenant = ?1 AND session = ?2";
    public const string DeleteRuns = "DELETE FROM runs WHERE tenant = ?1 AND session = ?2";
    public const string DeleteMessages = "DELETE FROM messages WHERE tenant = ?1 AND session = ?2";
    public const string DeleteVoidedMessages = "DELETE FROM voided_messages WHERE tenant = ?1 AND session = ?2";
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
    public const string DeletePendingCallsOfRun = """
        DELETE FROM pending_calls WHERE tenant = ?1 AND session = ?2 AND run_id = ?3
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

    public const string ContentOfRun = """
        SELECT output, start_state FROM runs WHERE tenant = ?1 AND session = ?2 AND run_id = ?3
        """;

    public const string PendingContent = """
        SELECT arguments, response FROM pending_calls WHERE tenant = ?1 AND session = ?2 AND approval_id = ?3
        """;

    public const string PendingContentOfRun = """
        SELECT arguments, response FROM pending_calls WHERE tenant = ?1 AND session = ?2 AND run_id = ?3
        """;

    public const string IsBlobOwned = "SELECT 1 FROM blob_owners WHERE hash = ?1";

    public const string ListReleasedBlobs = "SELECT hash FROM released_blobs LIMIT ?1";

    public const string ForgetReleasedBlob = "DELETE FROM released_blobs WHERE hash = ?1";
}
