namespace Everturn.Workflows;

/// <summary>The instance carries something else, which has controls of its own. Over HTTP: 409.</summary>
/// <param name="key">The instance.</param>
/// <param name="message">What to use instead.</param>
public sealed class InstanceControlledElsewhereException(InstanceKey key, string message) : EverturnException(message)
{
    /// <summary>The instance.</summary>
    public InstanceKey Key { get; } = key;
}
