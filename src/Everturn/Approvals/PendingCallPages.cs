using Everturn.Sessions;

namespace Everturn.Approvals;

/// <summary>
/// The order of lists of calls, the same for those of sessions and of workflows, so that two lists are read as one: by
/// when they were asked, then by session, of which an instance has none, then by id.
/// </summary>
internal static class PendingCallPages
{
    /// <summary>Where a page that ends with a call ends.</summary>
    public static PageCursor CursorOf(PendingCallRecord call) =>
        new(call.RequestedAt.ToUnixTimeMilliseconds(), $"{call.Session.SessionId}\n{call.ApprovalId}");

    /// <summary>The first calls after a place.</summary>
    public static Page<PendingCallRecord> Page(IEnumerable<PendingCallRecord> calls, PageCursor? after, int limit)
    {
        var found = calls
            .Select(call => (Call: call, Place: CursorOf(call)))
            .Where(each => after is not { } place || Compare(each.Place, place) > 0)
            .Order(Comparer<(PendingCallRecord Call, PageCursor Place)>.Create((x, y) => Compare(x.Place, y.Place)))
            .Take(limit + 1)
            .ToList();
        return Cut(found.ConvertAll(each => each.Call), limit, hasMore: false);
    }

    /// <summary>Two pages that begin after the same place, as one.</summary>
    public static Page<PendingCallRecord> Merge(Page<PendingCallRecord> one, Page<PendingCallRecord> other, int limit)
    {
        var merged = one
            .Items.Concat(other.Items)
            .Order(Comparer<PendingCallRecord>.Create((x, y) => Compare(CursorOf(x), CursorOf(y))))
            .ToList();
        return Cut(merged, limit, one.NextCursor is not null || other.NextCursor is not null);
    }

    private static Page<PendingCallRecord> Cut(List<PendingCallRecord> calls, int limit, bool hasMore)
    {
        hasMore |= calls.Count > limit;
        var page = calls.Take(limit).ToList();
        return new(page, hasMore && page.Count > 0 ? CursorOf(page[^1]).ToString() : null);
    }

    private static int Compare(PageCursor x, PageCursor y)
    {
        var byTime = x.CreatedAt.CompareTo(y.CreatedAt);
        return byTime != 0 ? byTime : string.CompareOrdinal(x.Id, y.Id);
    }
}
