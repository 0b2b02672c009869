using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Everturn.Diagnostics;

/// <summary>The one source of traces and the one meter of Everturn. Both carry the name that listeners subscribe to.</summary>
public static class EverturnDiagnostics
{
    /// <summary>The name of the activity source and of the meter: <c>Everturn</c>.</summary>
    public const string Name = "Everturn";

    /// <summary>Where traces come from.</summary>
    public static ActivitySource Source { get; } = new(Name);

    /// <summary>Where metrics come from.</summary>
    public static Meter Meter { get; } = new(Name);
}
