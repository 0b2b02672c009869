using System.Diagnostics.Metrics;
using Everturn.Diagnostics;
using Everturn.Sessions;

namespace Everturn.Runtimes;

/// <summary>Metrics of runs, all on the meter named Everturn.</summary>
internal static class RunInstruments
{
    private static readonly UpDownCounter<long> Active = EverturnDiagnostics.Meter.CreateUpDownCounter<long>(
        "everturn.runs.active",
        "{run}",
        "Runs that this process executes."
    );

    private static readonly Histogram<double> Duration = EverturnDiagnostics.Meter.CreateHistogram<double>(
        "everturn.run.duration",
        "s",
        "Time from a run's acceptance to its end."
    );

    private static readonly Counter<long> Claims = EverturnDiagnostics.Meter.CreateCounter<long>(
        "everturn.claims",
        "{claim}",
        "Runs that this process took over."
    );

    private static readonly Counter<long> Recoveries = EverturnDiagnostics.Meter.CreateCounter<long>(
        "everturn.recoveries",
        "{run}",
        "Runs that ended here after another process or claim had begun them."
    );

    public static void Opened(RunRecord run) => Active.Add(1, Agent(run));

    public static void Claimed(RunRecord run) => Claims.Add(1, Agent(run));

    public static void Closed(RunRecord run)
    {
        Active.Add(-1, Agent(run));
        if (run.EndedAt is not { } ended)
        {
            return;
        }

        Duration.Record((ended - run.CreatedAt).TotalSeconds, Agent(run), new("everturn.status", run.Status.Value));
        if (run.Owner is { OwnerEpoch: > 1 })
        {
            Recoveries.Add(1, Agent(run));
        }
    }

    private static KeyValuePair<string, object?> Agent(RunRecord run) => new("everturn.agent", run.AgentType);
}
