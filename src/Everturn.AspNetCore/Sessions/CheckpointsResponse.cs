namespace Everturn.AspNetCore.Sessions;

/// <summary>A page of a session's checkpoints.</summary>
/// <param name="Checkpoints">The checkpoints, newest first.</param>
/// <param name="HasMore">Whether more follow.</param>
/// <param name="NextCursor">Pass it as <c>cursor</c> to get them; absent on the last page.</param>
public sealed record CheckpointsResponse(IReadOnlyList<CheckpointView> Checkpoints, bool HasMore, string? NextCursor);
