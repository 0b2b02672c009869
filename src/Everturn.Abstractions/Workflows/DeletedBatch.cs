namespace Everturn.Workflows;

/// <summary>What a batch of deletions came to, an entry for each position of the batch in one of the two lists.</summary>
/// <param name="Deleted">Ids that were deleted; one that comes twice in the batch comes twice here.</param>
/// <param name="Errors">Ids that were not.</param>
public sealed record DeletedBatch(IReadOnlyList<string> Deleted, IReadOnlyList<DeleteError> Errors)
{
    /// <summary>The most that one batch deletes.</summary>
    public const int Max = 100;
}
