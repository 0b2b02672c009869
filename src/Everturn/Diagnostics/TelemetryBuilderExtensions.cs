using Everturn.Diagnostics;

namespace Everturn;

/// <summary>Sets what traces tell.</summary>
public static class TelemetryBuilderExtensions
{
    /// <summary>Sets what traces tell.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets options.</param>
    public static EverturnBuilder ConfigureTelemetry(this EverturnBuilder builder, Action<TelemetryOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        // AddEverturn put the instance there.
        var options = builder.Services.First(service => service.ServiceType == typeof(TelemetryOptions));
        configure((TelemetryOptions)options.ImplementationInstance!);
        return builder;
    }
}
