using Everturn.Sessions;
using Everturn.Sqlite.Engine;
using Everturn.Workflows;

namespace Everturn.Sqlite.Workflows;

/// <summary>Rows of <c>workflow_calls</c>, inside a transaction.</summary>
internal static class WorkflowCallRows
{
    public static void Insert(
        SqliteConnection connection,
        PendingCallRecord call,
        CallContent content,
        BlobDirectory blobs
    )
    {
        var key = InstanceCall.InstanceOf(call);
        using var statement = connection.Use(WorkflowSql.InsertCall);
        statement
            .Bind(key)
            .Bind(4, call.ApprovalId)
            .Bind(5, call.Kind)
            .Bind(6, call.ToolCallId)
            .Bind(7, call.ToolName)
            .Bind(8, call.UserId)
            .Bind(9, call.Status.Value)
            .Bind(10, content.Arguments)
            .Bind(11, call.ArgumentsHash)
            .Bind(12, content.Schema)
            .Bind(13, call.OnExpiry.Value)
            .Bind(14, call.Sensitive)
            .Bind(15, WorkflowRows.Milliseconds(call.RequestedAt))
            .Bind(16, WorkflowRows.Milliseconds(call.ExpiresAt))
            .Bind(17, WorkflowRows.Milliseconds(call.DecidedAt))
            .Bind(18, call.DecidedBy)
            .Bind(19, call.Reason)
            .Bind(20, content.Response)
            .Run();
        WorkflowBlobs.Own(connection, key, content.Arguments, blobs);
        WorkflowBlobs.Own(connection, key, content.Schema, blobs);
        WorkflowBlobs.Own(connection, key, content.Response, blobs);
    }

    /// <returns>Whether the call was pending until now.</returns>
    public static bool Decide(
        SqliteConnection connection,
        PendingCallRecord decided,
        byte[]? response,
        BlobDirectory blobs
    )
    {
        var key = InstanceCall.InstanceOf(decided);
        using var statement = connection.Use(WorkflowSql.DecideCall);
        var isPending =
            statement
                .Bind(key)
                .Bind(4, decided.ApprovalId)
                .Bind(5, decided.Status.Value)
                .Bind(6, WorkflowRows.Milliseconds(decided.DecidedAt))
                .Bind(7, decided.DecidedBy)
                .Bind(8, decided.Reason)
                .Bind(9, response)
                .Run() > 0;
        if (isPending)
        {
            WorkflowBlobs.Own(connection, key, response, blobs);
        }

        return isPending;
    }

    /// <summary>The instance has ended: nobody waits any more.</summary>
    public static void Withdraw(SqliteConnection connection, InstanceKey key, DateTimeOffset at) =>
        Withdraw(connection, WorkflowSql.WithdrawCalls, key, at);

    /// <summary>
    /// The instance begins anew: nobody waits any more for calls of steps that are not in its journal, and those that are
    /// still open there wait again.
    /// </summary>
    public static void Restart(SqliteConnection connection, InstanceKey key, DateTimeOffset at)
    {
        Withdraw(connection, WorkflowSql.WithdrawForgottenCalls, key, at);
        using var statement = connection.Use(WorkflowSql.ReopenCalls);
        statement.Bind(key).Run();
    }

    public static PendingCallRecord Read(Statement row, PayloadStore payloads) =>
        new()
        {
            Session = new(row.Text(0), ""),
            Workflow = row.Text(1),
            InstanceId = row.Text(2),
            ApprovalId = row.Text(3),
            RunId = "",
            Kind = row.Text(4),
            ToolCallId = row.Text(5),
            ToolName = row.Text(6),
            UserId = row.TextOrNull(7),
            Status = new(row.Text(8)),
            Arguments = payloads.Load(row.Bytes(9)).Plain,
            ArgumentsHash = row.Text(10),
            AnswerSchema = Load(row.BytesOrNull(11), payloads),
            OnExpiry = new(row.Text(12)),
            Sensitive = row.Bool(13),
            RequestedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.Long(14)),
            ExpiresAt = WorkflowRows.Time(row.LongOrNull(15)),
            DecidedAt = WorkflowRows.Time(row.LongOrNull(16)),
            DecidedBy = row.TextOrNull(17),
            Reason = row.TextOrNull(18),
            Response = Load(row.BytesOrNull(19), payloads),
        };

    private static ReadOnlyMemory<byte>? Load(byte[]? stored, PayloadStore payloads) =>
        stored is null ? (ReadOnlyMemory<byte>?)null : payloads.Load(stored).Plain;

    private static void Withdraw(SqliteConnection connection, string sql, InstanceKey key, DateTimeOffset at)
    {
        using var statement = connection.Use(sql);
        statement.Bind(key).Bind(4, WorkflowRows.Milliseconds(at)).Run();
    }
}
