namespace Everturn.Diagnostics;

/// <summary>What a look at a host found.</summary>
/// <param name="Level">How it is.</param>
/// <param name="Description">Why, for people.</param>
/// <param name="Data">Details: <c>node</c>, <c>epoch</c>, <c>outbox</c>; of the engine <c>instances</c>, <c>failedCommits</c>, <c>failedPolls</c>, <c>lastPoll</c>.</param>
internal sealed record HealthReport(HealthLevel Level, string Description, IReadOnlyDictionary<string, object> Data);
