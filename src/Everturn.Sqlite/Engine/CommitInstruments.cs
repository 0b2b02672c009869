using System.Diagnostics;
using System.Diagnostics.Metrics;
using Everturn.Diagnostics;

namespace Everturn.Sqlite.Engine;

/// <summary>Metrics of the committer.</summary>
internal static class CommitInstruments
{
    private static readonly Histogram<double> Duration = EverturnDiagnostics.Meter.CreateHistogram<double>(
        "everturn.commit.duration",
        "s",
        "Time from the begin of a transaction until it is durable."
    );

    private static readonly Histogram<int> BatchSize = EverturnDiagnostics.Meter.CreateHistogram<int>(
        "everturn.commit.batch_size",
        "{item}",
        "Writes that shared a transaction."
    );

    public static void Record(long startTimestamp, int items)
    {
        if (Duration.Enabled)
            Duration.Record(Stopwatch.GetElapsedTime(startTimestamp).TotalSeconds);
        if (BatchSize.Enabled)
            BatchSize.Record(items);
    }
}
