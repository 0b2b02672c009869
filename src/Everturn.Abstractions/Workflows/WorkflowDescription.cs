namespace Everturn.Workflows;

/// <summary>A workflow that this host has code for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">The version that new instances are created with.</param>
public sealed record WorkflowDescription(string Name, int Version)
{
    /// <summary>How many of its instances run at a time, on all hosts together; null for no limit.</summary>
    public int? ConcurrencyLimit { get; init; }

    /// <summary>How long ended instances are kept.</summary>
    public InstanceRetention Retention { get; init; } = InstanceRetention.Default;

    /// <summary>The expressions of its schedules.</summary>
    public IReadOnlyList<string> Schedules { get; init; } = [];

    /// <summary>It carries something else, such as an agent's runs, and is controlled there.</summary>
    public bool IsInternal { get; init; }
}
