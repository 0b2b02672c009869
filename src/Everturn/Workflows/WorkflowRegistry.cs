using System.Collections.Frozen;

namespace Everturn.Workflows;

/// <summary>The workflows of this host, by name.</summary>
internal sealed class WorkflowRegistry
{
    private readonly FrozenDictionary<string, WorkflowRegistration> _byName;

    public WorkflowRegistry(IEnumerable<WorkflowRegistration> registrations)
    {
        var byName = new Dictionary<string, WorkflowRegistration>();
        foreach (var registration in registrations)
        {
            if (!byName.TryAdd(registration.Name, registration))
            {
                throw new InvalidOperationException($"Two workflows are named \"{registration.Name}\".");
            }
        }

        _byName = byName.ToFrozenDictionary();
        Names = byName.Keys;
    }

    public IReadOnlyCollection<string> Names { get; }

    public IEnumerable<WorkflowRegistration> All => _byName.Values;

    /// <exception cref="WorkflowNotFoundException">It is not registered.</exception>
    public WorkflowRegistration Get(string name) =>
        _byName.TryGetValue(name, out var registration) ? registration : throw new WorkflowNotFoundException(name);
}
