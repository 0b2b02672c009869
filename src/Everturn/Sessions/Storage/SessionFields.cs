namespace Everturn.Sessions.Storage;

/// <summary>The fields of a session's row that commits set directly.</summary>
internal static class SessionFields
{
    /// <summary>A session before its first commit: version 0, to be bumped by it.</summary>
    public static SessionRecord Create(SessionKey key, NewSession session, DateTimeOffset at) =>
        new()
        {
            Key = key,
            AgentType = session.AgentType,
            Title = session.Title,
            UserId = session.UserId,
            Tags = Copy(session.Tags) ?? [],
            Metadata = Copy(session.Metadata) ?? new Dictionary<string, string>(),
            Status = SessionStatus.Active,
            RootSessionId = session.RootSessionId,
            ParentSessionId = session.ParentSessionId,
            ForkedFrom = session.ForkedFrom,
            CreatedAt = at,
            UpdatedAt = at,
            ExpiresAt = StoredTime.Of(session.ExpiresAt),
        };

    public static SessionRecord Change(SessionRecord before, SessionCommit commit, bool isNew)
    {
        var session = before;
        if (!isNew && commit.NewSession is { } again)
        {
            session = session with
            {
                Title = session.Title ?? again.Title,
                UserId = again.UserId ?? session.UserId,
                Tags = Copy(again.Tags) ?? session.Tags,
                Metadata = Copy(again.Metadata) ?? session.Metadata,
                ExpiresAt = StoredTime.Of(again.ExpiresAt) ?? session.ExpiresAt,
            };
        }

        return commit.SessionChange is not { } change
            ? session
            : session with
            {
                Title = Changed(change.Title, session.Title),
                UserId = Changed(change.UserId, session.UserId),
                Tags = Copy(change.Tags) ?? session.Tags,
                Metadata = Copy(change.Metadata) ?? session.Metadata,
                ExpiresAt =
                    change.ExpiresAt == DateTimeOffset.MaxValue
                        ? null
                        : StoredTime.Of(change.ExpiresAt) ?? session.ExpiresAt,
            };
    }

    private static string? Changed(string? given, string? stored) =>
        given is null ? stored
        : given.Length == 0 ? null
        : given;

    // What a caller does to its collections later is not a commit.
    private static string[]? Copy(IReadOnlyList<string>? tags) => tags is null ? null : [.. tags];

    private static Dictionary<string, string>? Copy(IReadOnlyDictionary<string, string>? metadata) =>
        metadata is null ? null : new(metadata);
}
