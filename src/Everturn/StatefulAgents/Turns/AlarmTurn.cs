using System.Diagnostics;
using Everturn.StatefulAgents.Hosting;

namespace Everturn.StatefulAgents.Turns;

/// <summary>The object is woken because something in it is due.</summary>
internal sealed class AlarmTurn(ObjectSlot slot) : ResultTurn<DateTimeOffset?>(slot)
{
    protected override string SpanName => "agent.alarm";

    protected override ActivityKind SpanKind => ActivityKind.Internal;

    // Who wakes it waits longer from one failure to the next.
    protected override int MaxWakes => 1;

    /// <returns>When to look again at the earliest, whatever the index of alarms says; null for what that says.</returns>
    protected override Task<DateTimeOffset?> ComputeAsync(ObjectActivation activation) =>
        activation.Scheduler.RunDueAsync();
}
