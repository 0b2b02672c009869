namespace Everturn.StatefulAgents;

/// <summary>
/// The object was thrown out of memory while it worked: a commit failed, it was aborted, destroyed or shut down. What
/// it had not committed is gone; what it had is not. The next call finds it anew.
/// </summary>
/// <param name="id">The object.</param>
/// <param name="reason">Why.</param>
/// <param name="innerException">What caused it, if anything did.</param>
public sealed class ObjectResetException(StatefulAgentId id, string reason, Exception? innerException = null)
    : EverturnException($"{id} was reset: {reason}", innerException)
{
    /// <summary>The object.</summary>
    public StatefulAgentId Id { get; } = id;
}
