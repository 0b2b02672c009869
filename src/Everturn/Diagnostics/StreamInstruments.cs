using System.Diagnostics.Metrics;

namespace Everturn.Diagnostics;

/// <summary>Metrics of streams.</summary>
internal static class StreamInstruments
{
    private static readonly Histogram<long> Lag = EverturnDiagnostics.Meter.CreateHistogram<long>(
        "everturn.stream.lag",
        "{chunk}",
        "How many chunks a reader is behind its session's newest when it is handed some."
    );

    public static void Handed(long behind)
    {
        if (Lag.Enabled)
        {
            Lag.Record(behind);
        }
    }
}
