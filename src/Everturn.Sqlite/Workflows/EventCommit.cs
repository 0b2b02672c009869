using Everturn.Sqlite.Engine;
using Everturn.Storage;
using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Sqlite.Workflows;

/// <summary>Stores an event, and lets its instance be claimed if that waits.</summary>
internal sealed class EventCommit(NewEvent newEvent, byte[] storedPayload, BlobDirectory blobs)
    : CommitItem<long>(CommitKind.EventAppend)
{
    public override int EstimatedBytes => 512 + storedPayload.Length;

    /// <summary>Stores an event inside another transaction, unless its receiver has ended or is gone.</summary>
    public static void Notify(SqliteConnection connection, NewEvent newEvent, byte[] storedPayload, BlobDirectory blobs)
    {
        using var state = connection.Use(WorkflowSql.SelectState);
        if (state.Bind(newEvent.Key).Read() && !new InstanceStatus(state.Text(0)).IsTerminal)
        {
            Append(connection, state, newEvent, storedPayload, blobs);
        }
    }

    protected override long Apply(SqliteConnection connection)
    {
        var key = newEvent.Key;
        using var state = connection.Use(WorkflowSql.SelectState);
        if (!state.Bind(key).Read())
        {
            throw new InstanceNotFoundException(key);
        }

        var status = new InstanceStatus(state.Text(0));
        return status.IsTerminal
            ? throw new InstanceFinishedException(key, status, StoreMessages.CannotReceive(key, status))
            : Append(connection, state, newEvent, storedPayload, blobs);
    }

    private static long Append(
        SqliteConnection connection,
        Statement state,
        NewEvent newEvent,
        byte[] storedPayload,
        BlobDirectory blobs
    )
    {
        var key = newEvent.Key;
        var sequence = state.Long(3) + 1;
        var sent = WorkflowRows.Milliseconds(newEvent.SentAt);
        var wake = state.LongOrNull(2);
        if (state.Text(0) == InstanceStatus.Waiting.Value && state.IsNull(1))
        {
            wake = Math.Min(wake ?? long.MaxValue, sent);
        }

        using var insert = connection.Use(WorkflowSql.InsertEvent);
        insert.Bind(key).Bind(4, sequence).Bind(5, newEvent.Type).Bind(6, storedPayload).Bind(7, sent).Run();
        using var note = connection.Use(WorkflowSql.NoteEvent);
        note.Bind(key).Bind(4, sequence).Bind(5, wake).Run();
        WorkflowBlobs.Own(connection, key, storedPayload, blobs);
        return sequence;
    }
}
