using Everturn.StatefulAgents.Storage;
using Everturn.StatefulAgents.Tests.Fixtures;

namespace Everturn.StatefulAgents.Tests.Scheduling;

/// <summary>Keep-alive (Cloudflare Agents, keepAlive).</summary>
public sealed class KeepAliveTests : WorkerTests
{
    [Fact]
    public async Task It_holds_the_object_in_memory_until_every_lease_is_disposed_once()
    {
        var leases = await Get()
            .CallAsync(agent =>
            {
                agent.Field = 9;
                return (agent.KeepAlive(), agent.KeepAlive());
            });
        leases.Item1.Dispose();
        leases.Item1.Dispose();
        await Get().CallAsync(agent => agent.Field);

        Time.Advance(TimeSpan.FromMinutes(3));
        (await Get().CallAsync(agent => agent.Field)).ShouldBe(9);

        leases.Item2.Dispose();
        await Host.AdvanceUntilAsync(() => Task.FromResult(Host.Objects.InMemory == 0), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Its_heartbeat_is_an_alarm_and_falls_back_to_the_next_schedule()
    {
        var due = Time.GetUtcNow().AddHours(1);
        await Get().CallAsync(agent => agent.Schedules.Add(due, "record", "x"));
        (await AlarmAsync()).ShouldBe(due);

        var lease = await Get().CallAsync(agent => agent.KeepAlive());
        (await AlarmAsync()).ShouldBe(Time.GetUtcNow().AddSeconds(30));

        lease.Dispose();
        await Eventually.IsAsync(async () => await AlarmAsync() == due);
    }

    private async Task<DateTimeOffset?> AlarmAsync() =>
        (await Host.Objects.Directory.ReadAlarmsAsync(["worker"], 10)).Cast<ObjectAlarm?>().FirstOrDefault()?.Time;
}
