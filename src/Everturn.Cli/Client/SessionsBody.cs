namespace Everturn.Cli.Client;

/// <summary>A page of sessions.</summary>
internal sealed record SessionsBody(IReadOnlyList<SessionBody> Sessions, bool HasMore, string? NextCursor) : IPageBody;
