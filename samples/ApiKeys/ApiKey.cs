namespace ApiKeys;

/// <summary>What the server knows about a key, besides its hash.</summary>
/// <param name="User">Whose it is.</param>
/// <param name="Role">What they are besides a user; null for nothing.</param>
internal sealed record ApiKey(string User, string? Role);
