using System.Diagnostics.Metrics;

namespace Everturn.Diagnostics;

/// <summary>Metrics of the outbox.</summary>
internal static class OutboxInstruments
{
    private static readonly Gauge<int> Depth = EverturnDiagnostics.Meter.CreateGauge<int>(
        "everturn.outbox.depth",
        "{entry}",
        "Entries that this process's last look at the outbox left there."
    );

    public static void Left(int entries) => Depth.Record(entries);
}
