namespace Everturn.Workflows;

/// <summary>What was asked for does not fit what the instance is or remembers; nothing was changed. Over HTTP: 409.</summary>
/// <param name="key">The instance.</param>
/// <param name="message">What was refused, and why.</param>
public sealed class InstanceConflictException(InstanceKey key, string message) : EverturnException(message)
{
    /// <summary>The instance.</summary>
    public InstanceKey Key { get; } = key;
}
