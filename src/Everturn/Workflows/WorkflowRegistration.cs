namespace Everturn.Workflows;

/// <summary>A workflow that this host has code for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ParamsType">What its instances are created with.</param>
/// <param name="ResultType">What they return.</param>
/// <param name="Create">Makes the object that executes one instance, from the services of its scope.</param>
internal sealed record WorkflowRegistration(
    string Name,
    Type ParamsType,
    Type ResultType,
    Func<IServiceProvider, Workflow> Create
)
{
    /// <summary>The version of the definition that it is.</summary>
    public int Version { get; init; } = 1;

    /// <summary>How its instances are executed and kept.</summary>
    public WorkflowDefinitionOptions Definition { get; init; } = new();

    /// <summary>It carries something else, which keeps a log of its own and has controls of its own.</summary>
    public bool IsInternal { get; init; }

    /// <summary>Whether its instances keep a log.</summary>
    public bool KeepsLog => !IsInternal;

    /// <summary>Claims without progress after which an instance fails; null for the host's option.</summary>
    public int? MaxClaims { get; init; }
}
