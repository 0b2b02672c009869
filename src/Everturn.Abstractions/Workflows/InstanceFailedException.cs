namespace Everturn.Workflows;

/// <summary>The instance whose result was asked for ended without one: errored or terminated.</summary>
/// <param name="key">The instance.</param>
/// <param name="status">How it ended.</param>
/// <param name="error">Its error; null when it was terminated.</param>
public sealed class InstanceFailedException(InstanceKey key, InstanceStatus status, InstanceError? error)
    : EverturnException(
        error is null ? $"Instance {key} is {status}." : $"Instance {key}: {error.Name}: {error.Message}"
    )
{
    /// <summary>The instance.</summary>
    public InstanceKey Key { get; } = key;

    /// <summary>How it ended.</summary>
    public InstanceStatus Status { get; } = status;

    /// <summary>Its error; null when it was terminated.</summary>
    public InstanceError? Error { get; } = error;
}
