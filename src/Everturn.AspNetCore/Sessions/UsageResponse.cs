using Everturn.Usage;

namespace Everturn.AspNetCore.Sessions;

/// <summary>A session's usage: a page of entries, and the totals of all.</summary>
/// <param name="Entries">The entries, oldest first.</param>
/// <param name="Rollup">Totals of the session.</param>
/// <param name="HasMore">Whether more entries follow.</param>
/// <param name="NextCursor">Pass it as <c>cursor</c> to get them; absent on the last page.</param>
public sealed record UsageResponse(
    IReadOnlyList<UsageView> Entries,
    UsageRollup Rollup,
    bool HasMore,
    string? NextCursor
);
