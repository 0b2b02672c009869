using System.Diagnostics.Metrics;
using Everturn.Diagnostics;

namespace Everturn.StatefulAgents;

/// <summary>Metrics of stateful agents; each has the tag <c>everturn.agent</c>.</summary>
internal static class StatefulAgentInstruments
{
    private static readonly Meter Meter = EverturnDiagnostics.Meter;

    public static readonly Counter<long> Calls = Meter.CreateCounter<long>(
        "everturn.objects.calls",
        "{call}",
        "Calls of methods, by clients and by other code."
    );

    public static readonly Counter<long> CallErrors = Meter.CreateCounter<long>(
        "everturn.objects.call_errors",
        "{call}",
        "Calls of clients that ended with an error."
    );

    public static readonly Counter<long> StateUpdates = Meter.CreateCounter<long>(
        "everturn.objects.state_updates",
        "{update}",
        "Changes of a state."
    );

    public static readonly Counter<long> Schedules = Meter.CreateCounter<long>(
        "everturn.objects.schedules",
        "{callback}",
        "Schedules that were called back."
    );

    public static readonly Counter<long> QueueItems = Meter.CreateCounter<long>(
        "everturn.objects.queue_items",
        "{callback}",
        "Items of queues that were called back."
    );

    public static readonly Counter<long> CallbackRetries = Meter.CreateCounter<long>(
        "everturn.objects.callback_retries",
        "{attempt}",
        "Attempts of schedules and items that failed and are tried again."
    );

    public static readonly Counter<long> CallbackErrors = Meter.CreateCounter<long>(
        "everturn.objects.callback_errors",
        "{callback}",
        "Schedules and items that failed in all their attempts."
    );

    public static readonly Histogram<double> AlarmLateness = Meter.CreateHistogram<double>(
        "everturn.objects.alarms.late",
        "s",
        "How long after its time an object was woken by its alarm."
    );

    public static readonly UpDownCounter<long> Connections = Meter.CreateUpDownCounter<long>(
        "everturn.objects.connections",
        "{connection}",
        "Open connections."
    );

    public static readonly UpDownCounter<long> InMemory = Meter.CreateUpDownCounter<long>(
        "everturn.objects.active",
        "{object}",
        "Objects in memory."
    );

    public static readonly Histogram<double> Activation = Meter.CreateHistogram<double>(
        "everturn.objects.activation.duration",
        "s",
        "Time from the first message to the end of the start hook."
    );
}
