namespace Everturn.AspNetCore.Sessions;

/// <summary>Body of <c>PATCH /sessions/{sessionId}</c>: what is absent stays as it is.</summary>
public sealed record UpdateSessionRequest
{
    /// <summary>The new title; empty for none.</summary>
    public string? Title { get; init; }

    /// <summary>The new labels, in place of all there were.</summary>
    public IReadOnlyList<string?>? Tags { get; init; }

    /// <summary>The new names and values, in place of all there were.</summary>
    public IReadOnlyDictionary<string, string?>? Metadata { get; init; }

    /// <summary>Whose session it is from now on; for those who may <see cref="EverturnAction.Operate"/>.</summary>
    public string? UserId { get; init; }
}
