namespace Everturn.Cli.Client;

/// <summary>A page of runs.</summary>
internal sealed record RunsBody(IReadOnlyList<RunBody> Runs, bool HasMore, string? NextCursor) : IPageBody;
