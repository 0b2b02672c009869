using Everturn.Sessions;
using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.Sessions;

/// <summary>Reads and writes rows of <c>suspensions</c> and <c>pending_calls</c>.</summary>
internal static class PendingColumns
{
    public static void Save(SqliteConnection connection, SessionKey key, SuspensionRecord suspension)
    {
        using var statement = connection.Use(SessionSql.SaveSuspension).Of(key);
        statement
            .Bind(3, suspension.RunId)
            .Bind(4, suspension.Kind.Value)
            .Bind(5, suspension.Step)
            .BindJson(6, SessionListJson.EncodeAlways(suspension.ToolCallIds))
            .BindJson(7, SessionListJson.EncodeAlways(suspension.ChildSessionIds))
            .Bind(8, suspension.ExpiresAt)
            .Bind(9, suspension.ResumesItself ? 1 : 0)
            .Run();
    }

    public static void Save(
        SqliteConnection connection,
        SessionKey key,
        PendingCallRecord call,
        PendingCallContent content
    )
    {
        using var statement = connection.Use(SessionSql.SavePendingCall).Of(key);
        statement
            .Bind(3, call.ApprovalId)
            .Bind(4, call.RunId)
            .Bind(5, call.ToolCallId)
            .Bind(6, call.ToolName)
            .Bind(7, call.Kind)
            .Bind(8, call.ArgumentsHash)
            .Bind(9, call.DecidedBy)
            .Bind(10, call.RequestedAt)
            .Bind(11, call.ExpiresAt)
            .Bind(12, call.DecidedAt)
            .Bind(13, content.Arguments)
            .Bind(14, content.Response)
            .Bind(15, call.Status.Value)
            .Bind(16, call.Reason)
            .Bind(17, call.GrantedUntil)
            .Bind(18, call.OnExpiry.Value)
            .Bind(19, call.Sensitive ? 1 : 0)
            .Bind(20, call.Workflow)
            .Bind(21, call.InstanceId)
            .Run();
    }

    public static SuspensionRecord ReadSuspension(Statement row) =>
        new()
        {
            RunId = row.Text(0),
            Kind = new RunStatus(row.Text(1)),
            Step = row.Int(2),
            ToolCallIds = SessionListJson.List(row.Span(3)),
            ChildSessionIds = SessionListJson.List(row.Span(4)),
            ExpiresAt = row.TimeOrNull(5),
            ResumesItself = row.Int(6) != 0,
        };

    public static StoredPendingCall ReadCall(Statement row) =>
        new(
            new PendingCallRecord
            {
                Session = new SessionKey(row.Text(0), row.Text(1)),
                ApprovalId = row.Text(2),
                RunId = row.Text(3),
                ToolCallId = row.Text(4),
                ToolName = row.Text(5),
                Kind = row.Text(6),
                Status = new PendingCallStatus(row.Text(7)),
                ArgumentsHash = row.Text(8),
                DecidedBy = row.TextOrNull(9),
                RequestedAt = row.Time(10),
                ExpiresAt = row.TimeOrNull(11),
                DecidedAt = row.TimeOrNull(12),
                Reason = row.TextOrNull(15),
                GrantedUntil = row.TimeOrNull(16),
                OnExpiry = new ExpiryOutcome(row.Text(17)),
                Sensitive = row.Int(18) != 0,
                Workflow = row.TextOrNull(19),
                InstanceId = row.TextOrNull(20),
                AgentType = row.Text(21),
                UserId = row.TextOrNull(22),
            },
            row.BytesOrNull(13),
            row.BytesOrNull(14)
        );
}
