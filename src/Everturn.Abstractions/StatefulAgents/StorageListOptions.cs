namespace Everturn.StatefulAgents;

/// <summary>Which keys to list, in the order of their UTF-8 bytes (Durable Objects, <c>storage.list</c>).</summary>
public sealed record StorageListOptions
{
    /// <summary>The first key that may be listed.</summary>
    public string? Start { get; init; }

    /// <summary>The key behind which the list begins; not together with <see cref="Start"/>.</summary>
    public string? StartAfter { get; init; }

    /// <summary>The key before which the list ends.</summary>
    public string? End { get; init; }

    /// <summary>What every key begins with.</summary>
    public string? Prefix { get; init; }

    /// <summary>Whether the last keys come first.</summary>
    public bool Reverse { get; init; }

    /// <summary>How many at most, from 1; null for all.</summary>
    public int? Limit { get; init; }
}
