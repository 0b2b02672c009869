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
    /// <summary>Claims without progress after which an instance fails; null for the host's option.</summary>
    public int? MaxClaims { get; init; }
}
