namespace Everturn.Workflows;

/// <summary>Keeps users from instances that carry something else, which has controls of its own.</summary>
internal interface IInstanceGuard
{
    /// <exception cref="InstanceControlledElsewhereException">The instance is not the caller's to control.</exception>
    void Check(InstanceKey key);
}
