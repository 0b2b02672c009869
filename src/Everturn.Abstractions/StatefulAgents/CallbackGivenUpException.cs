namespace Everturn.StatefulAgents;

/// <summary>
/// A schedule or an item of the queue was removed, since it was started again and again and never came to its end: the
/// process ended, or the object was reset, while it ran. The agent's error hook gets it.
/// </summary>
/// <param name="id">The object.</param>
/// <param name="callback">The method.</param>
/// <param name="starts">How often it was started after a restart; see <see cref="AgentOptions.MaxStarts"/>.</param>
public sealed class CallbackGivenUpException(StatefulAgentId id, string callback, int starts)
    : EverturnException($"{callback} of {id} was started {starts} times after a restart and never came to its end.")
{
    /// <summary>The object.</summary>
    public StatefulAgentId Id { get; } = id;

    /// <summary>The method.</summary>
    public string Callback { get; } = callback;

    /// <summary>How often it was started after a restart.</summary>
    public int Starts { get; } = starts;
}
