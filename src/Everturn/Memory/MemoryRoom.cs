using Everturn.Workflows.Storage;

namespace Everturn.Memory;

/// <summary>How many more instances of each workflow may be claimed.</summary>
/// <param name="workflows">The workflows that the node knows.</param>
/// <param name="countOwned">How many of a workflow are owned; asked only where there is a limit.</param>
internal sealed class MemoryRoom(IEnumerable<ClaimableWorkflow> workflows, Func<string, int> countOwned)
{
    private readonly Dictionary<string, (int MaxVersion, int Free)> _free = workflows.ToDictionary(
        workflow => workflow.Name,
        workflow =>
            (workflow.MaxVersion, workflow.Limit is { } limit ? limit - countOwned(workflow.Name) : int.MaxValue)
    );

    /// <summary>Whether an instance may be claimed, apart from when it is due.</summary>
    public bool Has(InstanceRecord record) =>
        _free.TryGetValue(record.Key.Workflow, out var workflow)
        && record.DefinitionVersion <= workflow.MaxVersion
        && workflow.Free > 0;

    /// <summary>Takes a place for the instance, if there is one.</summary>
    public bool TryTake(InstanceRecord record)
    {
        if (!Has(record))
        {
            return false;
        }

        var (maxVersion, free) = _free[record.Key.Workflow];
        _free[record.Key.Workflow] = (maxVersion, free - 1);
        return true;
    }
}
