namespace Everturn.AspNetCore.Sessions;

/// <summary>A page of a session's runs.</summary>
/// <param name="Runs">The runs, oldest first.</param>
/// <param name="HasMore">Whether more follow.</param>
/// <param name="NextCursor">Pass it as <c>cursor</c> to get them; absent on the last page.</param>
public sealed record RunsResponse(IReadOnlyList<RunView> Runs, bool HasMore, string? NextCursor);
