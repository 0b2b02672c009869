using Everturn.Sessions;
using Everturn.Sessions.Storage;
using Everturn.Storage;
using Everturn.Usage;

namespace Everturn.Memory;

/// <content>Lists that are read page by page.</content>
public sealed partial class InMemorySessionStore
{
    /// <inheritdoc />
    public ValueTask<Page<SessionRecord>> ListSessionsAsync(
        SessionQuery query,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(query);
        return List(
            query.Page,
            () => _sessions.Values.Select(session => session.Record).Where(session => Matches(session, query)),
            static session => CursorOf(session.CreatedAt, session.Key.SessionId),
            newestFirst: true,
            cancellationToken
        );
    }

    /// <inheritdoc />
    public ValueTask<Page<RunRecord>> ListRunsAsync(
        SessionKey key,
        PageRequest page,
        CancellationToken cancellationToken = default
    ) =>
        List(
            page,
            () =>
                Find(key) is { } session
                    ?
                    [
                        .. session.Runs.Select(run => (Place: (long)run.Record.Ordinal, Run: run.Record)),
                        .. QueueOrder
                            .Of(session.Waiting)
                            .Select((queued, index) => (QueueOrder.Place(index), queued.ToRun())),
                    ]
                    : Array.Empty<(long Place, RunRecord Run)>(),
            static entry => new(entry.Place, ""),
            newestFirst: false,
            static entry => entry.Run,
            cancellationToken
        );

    /// <inheritdoc />
    public ValueTask<Page<RunRecord>> ListRunningAsync(
        string runtime,
        NodeIdentity? owner,
        PageRequest page,
        CancellationToken cancellationToken = default
    ) =>
        List(
            page,
            () =>
                _running
                    .Select(key => _sessions[key].CurrentRun!.Record)
                    .Where(run => run.Runtime == runtime && (owner is null || run.Owner?.Node == owner)),
            static run => CursorOf(run.CreatedAt, $"{run.RunId}\n{run.Session.Tenant}\n{run.Session.SessionId}"),
            newestFirst: false,
            cancellationToken
        );

    /// <inheritdoc />
    public ValueTask<Page<VoidedMessage>> ListVoidedMessagesAsync(
        SessionKey key,
        PageRequest page,
        CancellationToken cancellationToken = default
    ) =>
        List(
            page,
            () => Find(key)?.Voided.Select((message, index) => (Index: index, Message: message)) ?? [],
            static entry => new(entry.Index, ""),
            newestFirst: false,
            static entry => entry.Message,
            cancellationToken
        );

    /// <inheritdoc />
    public ValueTask<Page<CheckpointRecord>> ListCheckpointsAsync(
        SessionKey key,
        PageRequest page,
        CancellationToken cancellationToken = default
    ) =>
        List(
            page,
            () => Find(key)?.Checkpoints ?? [],
            static checkpoint => new(checkpoint.Number, ""),
            newestFirst: true,
            static checkpoint => checkpoint.Record,
            cancellationToken
        );

    /// <inheritdoc />
    public ValueTask<Page<UsageEntry>> GetEntriesAsync(
        SessionKey key,
        PageRequest page,
        CancellationToken cancellationToken = default
    ) =>
        List(
            page,
            () => Find(key)?.Usage.Select((entry, index) => (Index: index, Entry: entry)) ?? [],
            static entry => new(entry.Index, ""),
            newestFirst: false,
            static entry => entry.Entry,
            cancellationToken
        );

    private static bool Matches(SessionRecord session, SessionQuery query) =>
        session.DeletedAt is null
        && session.Key.Tenant == query.Tenant
        && (query.AgentType is null || session.AgentType == query.AgentType)
        && (query.UserId is null || session.UserId == query.UserId)
        && (query.Tag is null || session.Tags.Contains(query.Tag))
        && (query.Status is not { } status || session.Status == status)
        && (query.Text is null || (session.Title is { } title && AsciiLower(title).Contains(AsciiLower(query.Text))));

    // The rule of SQLite's LIKE, so that every store finds the same: other letters keep their case.
    private static string AsciiLower(string text) =>
        string.Create(
            text.Length,
            text,
            static (lower, source) =>
            {
                for (var index = 0; index < lower.Length; index++)
                {
                    lower[index] = char.IsAsciiLetterUpper(source[index])
                        ? (char)(source[index] | 0x20)
                        : source[index];
                }
            }
        );

    private static PageCursor CursorOf(DateTimeOffset createdAt, string id) =>
        new(createdAt.ToUnixTimeMilliseconds(), id);

    private static int Compare(PageCursor left, PageCursor right)
    {
        var byTime = left.CreatedAt.CompareTo(right.CreatedAt);
        return byTime != 0 ? byTime : string.CompareOrdinal(left.Id, right.Id);
    }

    private ValueTask<Page<T>> List<T>(
        PageRequest page,
        Func<IEnumerable<T>> all,
        Func<T, PageCursor> cursorOf,
        bool newestFirst,
        CancellationToken cancellationToken
    ) => List(page, all, cursorOf, newestFirst, static item => item, cancellationToken);

    private ValueTask<Page<TResult>> List<T, TResult>(
        PageRequest page,
        Func<IEnumerable<T>> all,
        Func<T, PageCursor> cursorOf,
        bool newestFirst,
        Func<T, TResult> select,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(page);
        page.Check();
        var after = PageCursor.Parse(page.Cursor);
        var direction = newestFirst ? -1 : 1;
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var rest = all()
                .Select(item => (Item: item, Cursor: cursorOf(item)))
                .Where(item => after is not { } last || direction * Compare(item.Cursor, last) > 0)
                .Order(Comparer<(T Item, PageCursor Cursor)>.Create((x, y) => direction * Compare(x.Cursor, y.Cursor)))
                .Take(page.Limit + 1)
                .ToList();
            var items = rest.Take(page.Limit).ToList();
            var next = rest.Count > page.Limit ? items[^1].Cursor.ToString() : null;
            return new(new Page<TResult>([.. items.Select(item => select(item.Item))], next));
        }
    }
}
