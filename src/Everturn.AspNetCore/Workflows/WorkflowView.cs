using Everturn.Workflows;

namespace Everturn.AspNetCore.Workflows;

/// <summary>A workflow, as <c>GET /workflows</c> and <c>GET /workflows/{workflow}</c> give it.</summary>
public sealed record WorkflowView
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The version that new instances are created with; absent where this host has no code for it.</summary>
    public int? VersionId { get; init; }

    /// <summary>How many of its instances run at a time; absent for no limit.</summary>
    public int? ConcurrencyLimit { get; init; }

    /// <summary>The expressions of its schedules.</summary>
    public required IReadOnlyList<string> Schedules { get; init; }

    /// <summary>How long ended instances are kept; absent where this host has no code for it.</summary>
    public RetentionView? Retention { get; init; }

    /// <summary>Whether it carries runs of an agent; absent where not.</summary>
    public bool? CarriesAgent { get; init; }

    /// <summary>How many instances have which status; what does not occur is left out.</summary>
    public required IReadOnlyDictionary<string, long> Instances { get; init; }

    internal static WorkflowView Of(
        string name,
        WorkflowDescription? known,
        IReadOnlyDictionary<InstanceStatus, long> counts
    ) =>
        new()
        {
            Name = name,
            VersionId = known?.Version,
            ConcurrencyLimit = known?.ConcurrencyLimit,
            Schedules = known?.Schedules ?? [],
            Retention = known is null ? null : RetentionView.Of(known.Retention),
            CarriesAgent = known is { IsInternal: true } ? true : null,
            Instances = counts
                .Where(count => count.Value > 0)
                .OrderBy(count => count.Key.Value, StringComparer.Ordinal)
                .ToDictionary(count => count.Key.Value, count => count.Value),
        };
}
