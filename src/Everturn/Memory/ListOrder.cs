using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Memory;

/// <summary>The order of lists of instances: time of creation, workflow, id, by ordinal comparison.</summary>
internal sealed class ListOrder : IComparer<InstanceRecord>
{
    public static readonly ListOrder Instance = new();

    public static int Compare(InstanceRecord record, InstanceCursor cursor) =>
        Compare(record.CreatedAt, record.Key, cursor.CreatedAt, cursor.Key);

    public static int CompareKeys(InstanceKey x, InstanceKey y)
    {
        var byTenant = string.CompareOrdinal(x.Tenant, y.Tenant);
        var byWorkflow = byTenant != 0 ? byTenant : string.CompareOrdinal(x.Workflow, y.Workflow);
        return byWorkflow != 0 ? byWorkflow : string.CompareOrdinal(x.Id, y.Id);
    }

    public int Compare(InstanceRecord? x, InstanceRecord? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return Compare(x.CreatedAt, x.Key, y.CreatedAt, y.Key);
    }

    private static int Compare(DateTimeOffset createdX, InstanceKey x, DateTimeOffset createdY, InstanceKey y)
    {
        var byTime = createdX.CompareTo(createdY);
        return byTime != 0 ? byTime : CompareKeys(x, y);
    }
}
