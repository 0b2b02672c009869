using Everturn.AspNetCore.Health;
using Everturn.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Everturn to an application's health checks.</summary>
public static class EverturnHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check of this host: unhealthy while its store refuses work or its node lost its place, degraded while its
    /// outbox does not drain or its engine takes nothing more. Use it for readiness, not for liveness: a store that
    /// recovers by itself is no reason to restart the process.
    /// </summary>
    /// <param name="builder">The application's health checks.</param>
    /// <param name="name">The check's name. Default <c>everturn</c>.</param>
    /// <param name="failureStatus">What to report instead of unhealthy; null for unhealthy.</param>
    /// <param name="tags">Tags to choose the check by.</param>
    /// <param name="configure">Sets when a host counts as degraded.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static IHealthChecksBuilder AddEverturn(
        this IHealthChecksBuilder builder,
        string name = "everturn",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null,
        Action<EverturnHealthOptions>? configure = null
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new EverturnHealthOptions();
        configure?.Invoke(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.OutboxBacklog, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.OutboxBacklog, 10_000);
        return builder.Add(
            new(name, services => new EverturnHealthCheck(new HealthProbe(services), options), failureStatus, tags)
        );
    }
}
