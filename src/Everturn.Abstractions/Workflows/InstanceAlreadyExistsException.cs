namespace Everturn.Workflows;

/// <summary>The id was used before, by a create that carried another creation token or none. Over HTTP: 409.</summary>
/// <param name="key">The instance that has the id.</param>
public sealed class InstanceAlreadyExistsException(InstanceKey key)
    : EverturnException($"(instance.already_exists) Workflow instance with id \"{key.Id}\" already exists")
{
    /// <summary>The instance that has the id.</summary>
    public InstanceKey Key { get; } = key;
}
