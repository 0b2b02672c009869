using Everturn.Workflows;

namespace Everturn.AspNetCore.Workflows;

/// <summary>What a batch of deletions came to, an entry for each position of the batch in one of the two lists.</summary>
/// <param name="Deleted">What was deleted; an id that comes twice in the batch comes twice here.</param>
/// <param name="Errors">What was not, and why.</param>
public sealed record DeletedInstancesResponse(
    IReadOnlyList<DeletedInstance> Deleted,
    IReadOnlyList<DeleteError> Errors
);
