namespace Everturn.Workflows;

/// <summary>Names one instance. An id is unique within its tenant and workflow, and used once.</summary>
/// <param name="Tenant">Whose it is; empty where there is only one.</param>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="Id">The instance's id.</param>
public readonly record struct InstanceKey(string Tenant, string Workflow, string Id)
{
    /// <summary>The key in the default tenant.</summary>
    /// <param name="workflow">The workflow's name.</param>
    /// <param name="id">The instance's id.</param>
    public InstanceKey(string workflow, string id)
        : this("", workflow, id) { }

    /// <summary>For messages and logs: <c>workflow/id</c>, with the tenant in front where there is one.</summary>
    public override string ToString() => Tenant.Length == 0 ? $"{Workflow}/{Id}" : $"{Tenant}/{Workflow}/{Id}";
}
