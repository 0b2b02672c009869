using Everturn.Sessions;
using Everturn.Sessions.Storage;
using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.Sessions;

/// <summary>Writes the rows of a plan, inside the transaction.</summary>
/// <param name="payloads">Loads content.</param>
/// <param name="blobs">Keeps track of blobs; null where nothing becomes one.</param>
/// <param name="instances">Creates instances in the same transaction; null leaves them to the outbox.</param>
internal sealed class SessionWriter(PayloadStore payloads, BlobOwnership? blobs, ICoLocatedInstances? instances)
{
    /// <returns>Whether the run's instance was created besides.</returns>
    public bool Write(SqliteConnection connection, EncodedCommit encoded, in StoredFacts facts, CommitPlan plan)
    {
        var prepared = encoded.Prepared;
        var commit = prepared.Commit;
        var session = plan.Session!;
        if (plan.IsNewSession)
            SessionColumns.Insert(connection, session, plan.Stream);
        else
            SessionColumns.Update(connection, facts.Session!, session, plan.Stream);
        if (prepared.ConcernsQueue)
            QueueColumns.Write(connection, facts.Session!, plan, () => Own(connection, session.Key, encoded.Queued));
        // Before the run, which begins with it.
        if (commit.State is not null)
            WriteState(connection, session.Key, encoded.State);
        if (plan.IsNewRun)
            InsertRun(connection, plan.Run!, commit.NewRun!.WorkflowName);
        else if (plan.RunChanged)
            UpdateRun(connection, facts.CurrentRun!, plan, Own(connection, session.Key, encoded.Output));
        if (plan.VoidsMessages)
            VoidMessages(connection, plan, prepared.At);
        WriteMessages(connection, encoded, plan);
        WriteChunks(connection, encoded, plan);
        WriteToolCalls(connection, encoded);
        for (var i = 0; i < commit.Usage.Count; i++)
            UsageColumns.Insert(connection, session.Key, commit.Usage[i]);
        if (plan.Checkpoint is { } checkpoint)
        {
            var state = Own(connection, session.Key, encoded.CheckpointState);
            CheckpointColumns.Insert(connection, session, checkpoint, state);
        }
        WritePending(connection, encoded);
        if (plan.Command is { } command)
            CommandColumns.Insert(connection, command, Own(connection, session.Key, encoded.Command));
        return WriteOutbox(connection, encoded, plan);
    }

    private static void InsertRun(SqliteConnection connection, RunRecord run, string? workflow)
    {
        try
        {
            RunColumns.Insert(connection, run, workflow);
            BlobOwnership.OwnState(connection, run.Session);
        }
        catch (SqliteException exception) when (exception.IsConstraint)
        {
            throw new InvalidInputException("runId", "The session has a run with this id.");
        }
    }

    private static void UpdateRun(SqliteConnection connection, RunRecord before, CommitPlan plan, StoredPayload output)
    {
        var after = plan.Run!;
        RunColumns.Update(connection, before, after, output, plan.Checkpoint?.Sequence);
        if (after.Status.IsEnded && after.CommandRevision > 0)
            CommandColumns.Close(connection, after);
    }

    private static void VoidMessages(SqliteConnection connection, CommitPlan plan, DateTimeOffset at)
    {
        var run = plan.Run!;
        using (var copy = connection.Use(SessionSql.VoidMessages).Of(run.Session))
            copy.Bind(3, plan.FirstMessage).Bind(4, run.RunId).Bind(5, at).Run();
        foreach (var sql in (ReadOnlySpan<string>)[SessionSql.RemoveVoidedMessages, SessionSql.VoidCheckpoints])
        {
            using var statement = connection.Use(sql).Of(run.Session);
            statement.Bind(3, plan.FirstMessage).Run();
        }
    }

    private void WriteMessages(SqliteConnection connection, EncodedCommit encoded, CommitPlan plan)
    {
        if (encoded.Messages.Length == 0)
            return;
        var key = encoded.Commit.Session;
        using var statement = connection.Use(SessionSql.InsertMessage).Of(key);
        for (var i = 0; i < encoded.Messages.Length; i++)
        {
            var message = encoded.Prepared.Messages[i];
            statement
                .Bind(3, plan.FirstMessage + i)
                .Bind(4, message.RunId)
                .Bind(5, message.CreatedAt)
                .Bind(6, Own(connection, key, encoded.Messages[i]))
                .RunAndReset();
        }
    }

    private void WriteChunks(SqliteConnection connection, EncodedCommit encoded, CommitPlan plan)
    {
        if (encoded.Chunks.Length == 0)
            return;
        var key = encoded.Commit.Session;
        using var statement = connection.Use(SessionSql.InsertChunks).Of(key);
        statement.Bind(5, plan.Run?.Ordinal ?? 0).Bind(6, encoded.Commit.Step);
        var first = plan.FirstSequence;
        foreach (var group in encoded.Chunks)
        {
            statement
                .Bind(3, first)
                .Bind(4, first + group.Count - 1)
                .Bind(7, Own(connection, key, group.Content))
                .RunAndReset();
            first += group.Count;
        }
    }

    private void WriteToolCalls(SqliteConnection connection, EncodedCommit encoded)
    {
        var key = encoded.Commit.Session;
        for (var i = 0; i < encoded.ToolCalls.Length; i++)
        {
            var call = encoded.Commit.ToolCalls[i];
            var content = encoded.ToolCalls[i];
            BlobRelease.ToolCall(connection, key, call);
            var owned = new ToolCallContent(
                Own(connection, key, content.Arguments),
                Own(connection, key, content.Result),
                Own(connection, key, content.StagedChange)
            );
            ToolCallColumns.Save(connection, key, call, owned);
        }
    }

    private void WriteState(SqliteConnection connection, SessionKey key, StoredPayload state)
    {
        BlobRelease.State(connection, key);
        if (state.Plain.IsEmpty)
        {
            using var delete = connection.Use(SessionSql.DeleteState).Of(key);
            delete.Run();
            return;
        }
        using var statement = connection.Use(SessionSql.SaveState).Of(key);
        statement.Bind(3, Own(connection, key, state)).Run();
    }

    private void WritePending(SqliteConnection connection, EncodedCommit encoded)
    {
        var key = encoded.Commit.Session;
        if (encoded.Commit.Suspension is { } suspension)
            PendingColumns.Save(connection, key, suspension);
        for (var i = 0; i < encoded.PendingCalls.Length; i++)
        {
            var content = encoded.PendingCalls[i];
            BlobRelease.PendingCall(connection, key, encoded.Commit.PendingCalls[i]);
            var owned = new PendingCallContent(
                Own(connection, key, content.Arguments),
                Own(connection, key, content.Response)
            );
            PendingColumns.Save(connection, key, encoded.Commit.PendingCalls[i], owned);
        }
    }

    private bool WriteOutbox(SqliteConnection connection, EncodedCommit encoded, CommitPlan plan)
    {
        var created = false;
        var added = plan.Outbox.Count - encoded.Outbox.Length;
        for (var i = 0; i < plan.Outbox.Count; i++)
        {
            var entry = plan.Outbox[i];
            if (IsStartOf(plan, entry) && TryCreate(connection, entry, encoded.Prepared))
            {
                created = true;
                continue;
            }
            // Entries of the plan itself come first and are small; those of the commit were encoded with it.
            var parameters =
                i < added
                    ? payloads.Prepare(entry.Parameters, ContentFormat.Json)
                    : Own(connection, entry.Session, encoded.Outbox[i - added]);
            OutboxColumns.Insert(connection, entry, parameters);
        }
        return created;
    }

    private bool TryCreate(SqliteConnection connection, OutboxEntry start, PreparedCommit prepared) =>
        instances?.TryInsert(connection, start, prepared.Commit.NewRun!.Owner, prepared.At) == true;

    private static bool IsStartOf(CommitPlan plan, OutboxEntry entry) =>
        plan.IsNewRun && entry.Kind == OutboxKind.StartInstance && entry.InstanceId == plan.Run!.InstanceId;

    private StoredPayload Own(SqliteConnection connection, SessionKey key, StoredPayload payload) =>
        payload.Blob is null ? payload : blobs!.Own(connection, key, payload);
}
