namespace Everturn.AspNetCore.Workflows;

/// <summary>An instance that was deleted.</summary>
/// <param name="Id">Its id.</param>
public sealed record DeletedInstance(string Id);
