namespace Everturn.AspNetCore.Sessions;

/// <summary>A page of sessions.</summary>
/// <param name="Sessions">The sessions, newest first.</param>
/// <param name="HasMore">Whether more follow.</param>
/// <param name="NextCursor">Pass it as <c>cursor</c> to get them; absent on the last page.</param>
public sealed record SessionsResponse(IReadOnlyList<SessionView> Sessions, bool HasMore, string? NextCursor);
