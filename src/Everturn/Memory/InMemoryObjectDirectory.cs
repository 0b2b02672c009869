using Everturn.StatefulAgents;
using Everturn.StatefulAgents.Storage;
using Everturn.Storage;

namespace Everturn.Memory;

/// <summary>Owners and alarms of objects in memory. There is one node, so it owns them all.</summary>
/// <param name="nodes">This node.</param>
internal sealed class InMemoryObjectDirectory(INodeDirectory nodes) : IObjectDirectory
{
    private readonly Lock _lock = new();
    private readonly Dictionary<StatefulAgentId, DateTimeOffset> _alarms = [];

    public ValueTask<ObjectPlacement> AcquireAsync(StatefulAgentId key, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            DateTimeOffset? alarm = _alarms.TryGetValue(key, out var time) ? time : null;
            return new(new ObjectPlacement(nodes.Self, 1, Address: null, IsLocal: true, alarm));
        }
    }

    public ValueTask SetAlarmAsync(StatefulAgentId key, Fence fence, DateTimeOffset? alarm)
    {
        lock (_lock)
        {
            if (alarm is { } time)
            {
                _alarms[key] = time;
            }
            else
            {
                _alarms.Remove(key);
            }
        }

        return default;
    }

    public ValueTask ForgetAsync(StatefulAgentId key, Fence fence) => SetAlarmAsync(key, fence, alarm: null);

    public ValueTask<IReadOnlyList<ObjectAlarm>> ReadAlarmsAsync(
        IReadOnlyCollection<string> agents,
        int limit,
        CancellationToken cancellationToken = default
    )
    {
        lock (_lock)
        {
            return new([
                .. _alarms
                    .Where(alarm => agents.Contains(alarm.Key.Agent))
                    .OrderBy(alarm => alarm.Value)
                    .Take(limit)
                    .Select(alarm => new ObjectAlarm(alarm.Key, alarm.Value)),
            ]);
        }
    }
}
