namespace Everturn;

/// <summary>
/// Another node has taken over what this one was executing. The loser stops silently: nothing it wrote after the
/// takeover was stored.
/// </summary>
/// <param name="what">What was lost: a node, a run or an instance, with its id.</param>
public sealed class OwnershipLostException(string what) : EverturnException($"Ownership of {what} was lost.")
{
    /// <summary>What was lost: a node, a run or an instance, with its id.</summary>
    public string What { get; } = what;
}
