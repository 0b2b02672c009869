using System.Diagnostics.Metrics;

namespace Everturn.Diagnostics;

/// <summary>Metrics of durable timers.</summary>
internal static class TimerInstruments
{
    private static readonly Histogram<double> Late = EverturnDiagnostics.Meter.CreateHistogram<double>(
        "everturn.timers.late",
        "s",
        "How long after its time a timer fired."
    );

    public static void Fired(TimeSpan late)
    {
        if (Late.Enabled)
        {
            Late.Record(late.TotalSeconds);
        }
    }
}
