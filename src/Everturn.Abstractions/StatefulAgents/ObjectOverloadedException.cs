namespace Everturn.StatefulAgents;

/// <summary>Too much waits for the object. Nothing was done; do not repeat it at once. Over HTTP: 503.</summary>
/// <param name="id">The object.</param>
/// <param name="limit">How much may wait.</param>
public sealed class ObjectOverloadedException(StatefulAgentId id, int limit)
    : EverturnException($"More than {limit} messages wait for {id}.")
{
    /// <summary>The object.</summary>
    public StatefulAgentId Id { get; } = id;

    /// <summary>How much may wait.</summary>
    public int Limit { get; } = limit;
}
