namespace Everturn.Approvals;

/// <summary>No call with that id waits, or waited, for an answer. Over HTTP: 404.</summary>
/// <param name="id">The approval's id, or the model's id of the call.</param>
public sealed class PendingCallNotFoundException(string id) : EverturnException($"No call '{id}' waits for an answer.")
{
    /// <summary>The approval's id, or the model's id of the call.</summary>
    public string Id { get; } = id;
}
