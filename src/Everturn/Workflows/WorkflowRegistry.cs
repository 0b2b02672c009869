using System.Collections.Frozen;
using Everturn.Workflows.Storage;

namespace Everturn.Workflows;

/// <summary>The workflows of this host, by name and version.</summary>
internal sealed class WorkflowRegistry
{
    private readonly FrozenDictionary<string, WorkflowRegistration[]> _byName;

    public WorkflowRegistry(IEnumerable<WorkflowRegistration> registrations)
    {
        _byName = registrations
            .GroupBy(registration => registration.Name)
            .ToFrozenDictionary(
                group => group.Key,
                group => group.OrderBy(registration => registration.Version).ToArray()
            );
        foreach (var versions in _byName.Values)
        {
            if (versions.DistinctBy(registration => registration.Version).Count() < versions.Length)
            {
                throw new InvalidOperationException(
                    $"Two workflows are named \"{versions[0].Name}\" and have the same version."
                );
            }
        }

        Names = _byName.Keys;
        Newest = [.. _byName.Values.Select(versions => versions[^1]).OrderBy(one => one.Name, StringComparer.Ordinal)];
        Claimable =
        [
            .. Newest.Select(one => new ClaimableWorkflow(one.Name, one.Version, one.Definition.ConcurrencyLimit)),
        ];
    }

    public IReadOnlyCollection<string> Names { get; }

    /// <summary>The newest version of each workflow: what new instances are created with.</summary>
    public IReadOnlyList<WorkflowRegistration> Newest { get; }

    public IReadOnlyList<ClaimableWorkflow> Claimable { get; }

    public bool IsLimited(string name) =>
        _byName.TryGetValue(name, out var versions) && versions[^1].Definition.ConcurrencyLimit is not null;

    /// <summary>The newest version, which new instances are created with.</summary>
    /// <exception cref="WorkflowNotFoundException">It is not registered.</exception>
    public WorkflowRegistration Get(string name) =>
        _byName.TryGetValue(name, out var versions) ? versions[^1] : throw new WorkflowNotFoundException(name);

    /// <summary>What executes an instance: the class of its version, or else that of the next one above.</summary>
    /// <exception cref="WorkflowNotFoundException">It is not registered, or only in earlier versions.</exception>
    public WorkflowRegistration Get(string name, int version) =>
        _byName.TryGetValue(name, out var versions)
        && versions.FirstOrDefault(registration => registration.Version >= version) is { } found
            ? found
            : throw new WorkflowNotFoundException(name);

    public bool TryGet(string name, out WorkflowRegistration? registration)
    {
        registration = _byName.TryGetValue(name, out var versions) ? versions[^1] : null;
        return registration is not null;
    }
}
