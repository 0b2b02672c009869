using Everturn.Sessions;
using Everturn.Sqlite.Engine;
using Everturn.Streaming;

namespace Everturn.Sqlite.Sessions;

/// <summary>Reads and writes rows of <c>sessions</c>, in the order of <see cref="SessionSql"/>.</summary>
internal static class SessionColumns
{
    public const int Count = 25;

    public static StreamStatus Stream(Statement row) => new(row.Text(4));

    public static SessionRecord Read(Statement row) =>
        new()
        {
            Key = new SessionKey(row.Text(0), row.Text(1)),
            AgentType = row.Text(2),
            Status = new SessionStatus(row.Text(3)),
            Version = row.Long(5),
            MessageCount = row.Int(6),
            FirstSequence = row.Long(7),
            LastSequence = row.Long(8),
            RunOrdinal = row.Int(9),
            Turn = row.Int(10),
            StepCount = row.Int(11),
            CurrentRunId = row.TextOrNull(12),
            CreatedAt = row.Time(13),
            UpdatedAt = row.Time(14),
            ExpiresAt = row.TimeOrNull(15),
            DeletedAt = row.TimeOrNull(16),
            Title = row.TextOrNull(17),
            UserId = row.TextOrNull(18),
            Tags = SessionListJson.List(row.Span(19)),
            Metadata = SessionListJson.Metadata(row.Span(20)),
            RootSessionId = row.TextOrNull(21),
            ParentSessionId = row.TextOrNull(22),
            ForkedFrom = row.TextOrNull(23),
            QueuedRuns = row.Int(24),
        };

    public static void Insert(SqliteConnection connection, SessionRecord session, StreamStatus stream)
    {
        using var statement = connection.Use(SessionSql.InsertSession).Of(session.Key);
        statement
            .Bind(3, session.AgentType)
            .Bind(4, session.Status.Value)
            .Bind(5, stream.Value)
            .Bind(6, session.Version)
            .Bind(7, session.MessageCount)
            .Bind(8, session.FirstSequence)
            .Bind(9, session.LastSequence)
            .Bind(10, session.RunOrdinal)
            .Bind(11, session.Turn)
            .Bind(12, session.StepCount)
            .Bind(13, session.CurrentRunId)
            .Bind(14, session.CreatedAt)
            .Bind(15, session.UpdatedAt)
            .Bind(16, session.ExpiresAt)
            .Bind(17, session.Title)
            .Bind(18, session.UserId)
            .BindJson(19, SessionListJson.Encode(session.Tags))
            .BindJson(20, SessionListJson.Encode(session.Metadata))
            .Bind(21, session.RootSessionId)
            .Bind(22, session.ParentSessionId)
            .Bind(23, session.ForkedFrom)
            .Bind(24, session.DeletedAt)
            .Run();
        AddTags(connection, session);
    }

    /// <param name="connection">The writer.</param>
    /// <param name="before">The row as it is.</param>
    /// <param name="session">The row as it shall be.</param>
    /// <param name="stream">Status of the stream.</param>
    public static void Update(
        SqliteConnection connection,
        SessionRecord before,
        SessionRecord session,
        StreamStatus stream
    )
    {
        using var statement = connection.Use(SessionSql.UpdateSession).Of(session.Key);
        statement
            .Bind(3, session.Status.Value)
            .Bind(4, stream.Value)
            .Bind(5, session.Version)
            .Bind(6, session.MessageCount)
            .Bind(7, session.LastSequence)
            .Bind(8, session.RunOrdinal)
            .Bind(9, session.Turn)
            .Bind(10, session.StepCount)
            .Bind(11, session.CurrentRunId)
            .Bind(12, session.UpdatedAt)
            .Run();
        if (!SameFields(before, session))
            UpdateFields(connection, before, session);
    }

    private static bool SameFields(SessionRecord before, SessionRecord after) =>
        before.Title == after.Title
        && before.UserId == after.UserId
        && before.ExpiresAt == after.ExpiresAt
        && ReferenceEquals(before.Tags, after.Tags)
        && ReferenceEquals(before.Metadata, after.Metadata);

    private static void UpdateFields(SqliteConnection connection, SessionRecord before, SessionRecord after)
    {
        using var statement = connection.Use(SessionSql.UpdateSessionFields).Of(after.Key);
        statement
            .Bind(3, after.Title)
            .Bind(4, after.UserId)
            .BindJson(5, SessionListJson.Encode(after.Tags))
            .BindJson(6, SessionListJson.Encode(after.Metadata))
            .Bind(7, after.ExpiresAt)
            .Run();
        if (ReferenceEquals(before.Tags, after.Tags))
            return;
        RemoveTags(connection, before);
        AddTags(connection, after);
    }

    private static void AddTags(SqliteConnection connection, SessionRecord session) =>
        WriteTags(connection, SessionSql.InsertTags, session);

    public static void RemoveTags(SqliteConnection connection, SessionRecord session) =>
        WriteTags(connection, SessionSql.DeleteTags, session);

    private static void WriteTags(SqliteConnection connection, string sql, SessionRecord session)
    {
        if (session.Tags.Count == 0)
            return;
        using var statement = connection.Use(sql).Of(session.Key);
        statement.Bind(3, session.CreatedAt).BindJson(4, SessionListJson.Encode(session.Tags)).Run();
    }
}
