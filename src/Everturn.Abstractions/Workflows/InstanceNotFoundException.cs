namespace Everturn.Workflows;

/// <summary>There is no such instance. Over HTTP: 404.</summary>
/// <param name="key">What was looked for.</param>
public sealed class InstanceNotFoundException(InstanceKey key)
    : EverturnException("(instance.not_found) Instance does not exist")
{
    /// <summary>What was looked for.</summary>
    public InstanceKey Key { get; } = key;
}
