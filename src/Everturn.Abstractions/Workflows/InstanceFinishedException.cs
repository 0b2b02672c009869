namespace Everturn.Workflows;

/// <summary>The instance has ended, so it takes no events and cannot be terminated. Over HTTP: 409.</summary>
/// <param name="key">The instance.</param>
/// <param name="status">How it ended.</param>
/// <param name="message">What was refused.</param>
public sealed class InstanceFinishedException(InstanceKey key, InstanceStatus status, string message)
    : EverturnException(message)
{
    /// <summary>The instance.</summary>
    public InstanceKey Key { get; } = key;

    /// <summary>How it ended.</summary>
    public InstanceStatus Status { get; } = status;
}
