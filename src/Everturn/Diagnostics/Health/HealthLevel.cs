namespace Everturn.Diagnostics;

/// <summary>How a host is.</summary>
internal enum HealthLevel
{
    /// <summary>It takes and does work.</summary>
    Healthy,

    /// <summary>It works, with something that somebody should look at.</summary>
    Degraded,

    /// <summary>It cannot take work now.</summary>
    Unhealthy,
}
