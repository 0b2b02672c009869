using Everturn.StatefulAgents;
using Everturn.StatefulAgents.Dispatch;
using Everturn.Testing.Crashes;

namespace Everturn.Crash.Host;

/// <summary>An object that writes, schedules and queues. What it stores says how often each thing counted.</summary>
internal sealed class CrashDesk(EffectsFile effects, ReleaseFile release) : StatefulAgent
{
    public static readonly AgentModule Module = new(
        new AgentMethod("fire", nameof(FireAsync), async (agent, _) => await ((CrashDesk)agent).FireAsync()),
        new AgentMethod(
            "step",
            nameof(StepAsync),
            async (agent, call) => await ((CrashDesk)agent).StepAsync(call.Required<string>(0, "step"))
        )
    );

    private int? _count;

    /// <summary>Adds a schedule; a second time none.</summary>
    public void Schedule() =>
        Once("scheduled", () => Schedules.Add(TimeSpan.FromMilliseconds(30), nameof(FireAsync), "now"));

    /// <summary>Adds items to the queue; a second time none.</summary>
    public void Enqueue(int count, bool isHeld) =>
        Once(
            "queued",
            () =>
            {
                for (var i = 0; i < count; i++)
                {
                    Queue.Add(nameof(StepAsync), isHeld && i == count / 2 ? $"{i}-held" : $"{i}");
                }
            }
        );

    public int Write(int value)
    {
        Storage.Put("value", value);
        return value;
    }

    /// <summary>Counts in a field, so that a copy of the object that knows too little would be seen.</summary>
    public int Count()
    {
        _count ??= Storage.Get<int>("value");
        _count++;
        Storage.Put("value", _count);
        return _count.Value;
    }

    public DeskView View() =>
        new(
            Storage.Get<int>("fired"),
            Storage.Get<string>("steps") ?? "",
            Storage.Get<int>("value"),
            Schedules.List().Count + Queue.List().Count
        );

    private async Task FireAsync()
    {
        effects.Append($"{Name}/fire", "start");
        if (Name.StartsWith("held", StringComparison.Ordinal))
        {
            await release.PassAsync(Lifetime);
        }

        Storage.Put("fired", Storage.Get<int>("fired") + 1);
        effects.Append($"{Name}/fire", "end");
    }

    private async Task StepAsync(string step)
    {
        effects.Append($"{Name}/{step}", "start");
        if (step.EndsWith("held", StringComparison.Ordinal))
        {
            await release.PassAsync(Lifetime);
        }

        Storage.Put("steps", $"{Storage.Get<string>("steps")}{step[0]}");
        effects.Append($"{Name}/{step}", "end");
    }

    private void Once(string key, Action action)
    {
        if (!Storage.TryGet<bool>(key, out _))
        {
            Storage.Put(key, true);
            action();
        }
    }
}

internal sealed record DeskView(int Fired, string Steps, int Value, int Pending);
