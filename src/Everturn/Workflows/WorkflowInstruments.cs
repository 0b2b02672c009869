using System.Diagnostics.Metrics;
using Everturn.Diagnostics;
using Everturn.Workflows.Storage;

namespace Everturn.Workflows;

/// <summary>Metrics of the step engine, all on the meter named Everturn.</summary>
internal static class WorkflowInstruments
{
    private static readonly UpDownCounter<long> Active = EverturnDiagnostics.Meter.CreateUpDownCounter<long>(
        "everturn.instances.active",
        "{instance}",
        "Workflow instances that this process executes."
    );

    private static readonly Histogram<double> Duration = EverturnDiagnostics.Meter.CreateHistogram<double>(
        "everturn.instance.duration",
        "s",
        "Time from an instance's creation to its end."
    );

    private static readonly Histogram<double> StepDuration = EverturnDiagnostics.Meter.CreateHistogram<double>(
        "everturn.step.duration",
        "s",
        "Time of one attempt of a step."
    );

    private static readonly Histogram<double> Late = EverturnDiagnostics.Meter.CreateHistogram<double>(
        "everturn.timers.late",
        "s",
        "Time from when a sleep, a retry or a timeout was due to when it went on."
    );

    public static void Entered(string workflow) =>
        Active.Add(1, new KeyValuePair<string, object?>("everturn.workflow", workflow));

    public static void Left(string workflow) =>
        Active.Add(-1, new KeyValuePair<string, object?>("everturn.workflow", workflow));

    public static void Ended(InstanceRecord record) =>
        Duration.Record(
            ((record.EndedAt ?? record.CreatedAt) - record.CreatedAt).TotalSeconds,
            new("everturn.workflow", record.Key.Workflow),
            new("everturn.status", record.Status.Value)
        );

    public static void Attempted(TimeSpan duration, bool failed) =>
        StepDuration.Record(
            duration.TotalSeconds,
            new KeyValuePair<string, object?>("everturn.outcome", failed ? "error" : "ok")
        );

    public static void Due(TimeSpan late) => Late.Record(Math.Max(0, late.TotalSeconds));
}
