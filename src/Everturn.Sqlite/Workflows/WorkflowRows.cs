using Everturn.Sqlite.Engine;
using Everturn.Storage;
using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Sqlite.Workflows;

/// <summary>Rows to records and back.</summary>
internal static class WorkflowRows
{
    /// <summary>
    /// Creates an instance inside a transaction of any store of this file: see <see cref="IWorkflowStore.CreateAsync"/>.
    /// </summary>
    /// <param name="connection">The writing connection, inside a commit.</param>
    /// <param name="instance">The instance, and who owns it from the start.</param>
    /// <param name="storedParams">Its parameters as <see cref="PayloadStore"/> returned them before the commit.</param>
    /// <param name="blobs">Where large parameters are.</param>
    /// <returns>The new instance, or null if the id was used before.</returns>
    /// <exception cref="OwnershipLostException">The node that was to own it has been declared dead.</exception>
    public static InstanceRecord? TryInsert(
        SqliteConnection connection,
        NewInstance instance,
        byte[] storedParams,
        BlobDirectory blobs
    )
    {
        if (instance.Owner is { } owner)
        {
            FenceCheck.Require(connection, owner);
        }

        var record = instance.ToRecord();
        using var statement = connection.Use(WorkflowSql.InsertInstance);
        var inserted = statement
            .Bind(record.Key)
            .Bind(4, record.Status.Value)
            .Bind(5, record.CreationToken)
            .Bind(6, storedParams)
            .Bind(7, Milliseconds(record.CreatedAt))
            .Bind(8, Milliseconds(record.WakeAt))
            .Bind(9, record.Owner?.NodeId)
            .Bind(10, record.Owner?.Epoch)
            .Bind(11, record.OwnerEpoch)
            .Bind(12, record.ClaimCount)
            .Bind(13, record.DefinitionVersion)
            .Bind(14, WorkflowJson.Text(record.Origin))
            .Bind(15, Milliseconds(record.StartedAt))
            .Run();
        if (inserted == 0)
        {
            return null;
        }

        WorkflowBlobs.Own(connection, record.Key, storedParams, blobs);
        return record;
    }

    public static Statement Bind(this Statement statement, InstanceKey key, JournalKey step) =>
        statement.Bind(key).Bind(4, step.Kind.Value).Bind(5, step.Name).Bind(6, step.Ordinal);

    public static Statement Bind(this Statement statement, InstanceKey key) =>
        statement.Bind(1, key.Tenant).Bind(2, key.Workflow).Bind(3, key.Id);

    public static long Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    public static long? Milliseconds(DateTimeOffset? time) => time?.ToUnixTimeMilliseconds();

    public static DateTimeOffset? Time(long? milliseconds) =>
        milliseconds is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;

    public static InstanceKey Key(Statement row) => new(row.Text(0), row.Text(1), row.Text(2));

    /// <summary>An instance without content that is too large for its row: for lists and claims.</summary>
    public static InstanceRecord Listed(Statement row, PayloadStore payloads) =>
        Instance(row, payloads, static stored => PayloadStore.BlobHash(stored) is null);

    public static InstanceRecord Instance(Statement row, PayloadStore payloads) =>
        Instance(row, payloads, static _ => true);

    private static InstanceRecord Instance(Statement row, PayloadStore payloads, Func<byte[], bool> isWanted) =>
        new(Key(row), row.Bytes(5) is var parameters && isWanted(parameters) ? Content(parameters, payloads) : default)
        {
            Status = new(row.Text(3)),
            CreationToken = row.TextOrNull(4),
            Result = row.BytesOrNull(6) is { } result && isWanted(result) ? Content(result, payloads) : null,
            Error = Error(row, 7),
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.Long(9)),
            EndedAt = Time(row.LongOrNull(10)),
            WakeAt = Time(row.LongOrNull(11)),
            Owner = row.TextOrNull(12) is { } node ? new NodeIdentity(node, row.Long(13)) : null,
            OwnerEpoch = row.Long(14),
            ClaimCount = row.Int(15),
            LastEvent = row.Long(16),
            DefinitionVersion = row.Int(17),
            Origin = WorkflowJson.Origin(row.TextOrNull(18)),
            StartedAt = Time(row.LongOrNull(19)),
            PausedAt = Time(row.LongOrNull(20)),
            ExpiresAt = Time(row.LongOrNull(21)),
            IsTerminating = row.Bool(22),
            Rollback = WorkflowJson.Rollback(row.TextOrNull(23)),
        };

    public static JournalRecord Record(Statement row, PayloadStore payloads) =>
        new(new JournalKey(new(row.Text(0)), row.Text(1), row.Int(2)))
        {
            Outcome = (JournalOutcome)row.Int(3),
            Attempt = row.Int(4),
            CompletionOrder = row.LongOrNull(5),
            Value = row.BytesOrNull(6) is { } value ? Content(value, payloads) : default,
            Error = Error(row, 7),
            DueAt = Time(row.LongOrNull(9)),
            EventType = row.TextOrNull(10),
            StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.Long(11)),
            EndedAt = Time(row.LongOrNull(12)),
            Sensitive = row.Bool(13),
            StartOrder = row.Long(14),
            HasRollback = row.Bool(15),
            Config = WorkflowJson.Config(row.TextOrNull(16)),
        };

    public static StoredEvent Event(Statement row, PayloadStore payloads) =>
        new(
            row.Long(0),
            row.Text(1),
            Content(row.Bytes(2), payloads),
            DateTimeOffset.FromUnixTimeMilliseconds(row.Long(3))
        );

    private static InstanceError? Error(Statement row, int column) =>
        row.TextOrNull(column) is { } name ? new InstanceError(name, row.TextOrNull(column + 1) ?? "") : null;

    public static Payload Content(byte[] stored, PayloadStore payloads)
    {
        var content = payloads.Load(stored);
        return new Payload(0, content.Version, content.Plain);
    }
}
