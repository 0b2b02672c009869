using Everturn.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Everturn.AspNetCore.Health;

/// <summary>The health of this host as a health check of ASP.NET Core.</summary>
/// <param name="probe">Looks at the host.</param>
/// <param name="options">When it counts as degraded.</param>
internal sealed class EverturnHealthCheck(HealthProbe probe, EverturnHealthOptions options) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        var report = await probe.LookAsync(options, cancellationToken).ConfigureAwait(false);
        var status = report.Level switch
        {
            HealthLevel.Healthy => HealthStatus.Healthy,
            HealthLevel.Degraded => HealthStatus.Degraded,
            _ => context.Registration.FailureStatus,
        };
        return new(status, report.Description, exception: null, report.Data);
    }
}
