using Everturn.Tests.Workflows;
using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;
using SQLitePCL;

namespace Everturn.Sqlite.Tests.Workflows;

/// <summary>A disk that fails, injected below the store.</summary>
public sealed class SqliteDiskFailureTests : EngineTests
{
    private readonly FailingDisk _disk;

    public SqliteDiskFailureTests()
        : this(new FailingDisk()) { }

    private SqliteDiskFailureTests(FailingDisk disk)
        : base(() => new SqliteData(disk.Services())) => _disk = disk;

    [Theory]
    [InlineData(raw.SQLITE_FULL)]
    [InlineData(raw.SQLITE_IOERR)]
    public async Task SY_05_no_success_is_reported_health_says_so_and_work_goes_on_when_the_disk_does(int code)
    {
        var gate = new Gate();
        var script = new Script(
            async (step, script) =>
            {
                await step.DoAsync(
                    "held",
                    new() { Timeout = TimeSpan.FromDays(30) },
                    async _ =>
                    {
                        script.Count("held");
                        await gate.PassAsync();
                    }
                );
                return "done";
            }
        );
        var host = await StartAsync(script);
        var health = host.Services.GetRequiredService<WorkflowEngineHealth>();
        var client = host.Client<string, string>("script");
        var instance = await client.CreateAsync("", "i-1");
        await gate.Reached;
        health.Current.IsHealthy.ShouldBeTrue();

        _disk.Break(code);
        gate.Open();
        await TestHost.UntilAsync(() => Task.FromResult(!health.Current.IsHealthy), "health to say so");
        await Should.ThrowAsync<EverturnException>(() => client.CreateAsync("", "i-2"));
        await Should.ThrowAsync<EverturnException>(() => instance.SendEventAsync("n", 1));
        (await instance.StatusAsync()).Status.IsTerminal.ShouldBeFalse();
        health.Current.LastError.ShouldNotBeNull();

        // The node has its new place a moment before the store takes writes: the first release of what the old place
        // owned comes too early.
        host.Store.RefusedReleases = 1;
        _disk.Repair();
        await TestHost.UntilAsync(
            async () =>
            {
                host.Time.Advance(TimeSpan.FromMilliseconds(250));
                return (await instance.StatusAsync()).Status == InstanceStatus.Complete && health.Current.IsHealthy;
            },
            "the instance to be complete, and health to say so"
        );

        script["held"].ShouldBeGreaterThan(1);
        await Should.ThrowAsync<InstanceNotFoundException>(() => client.GetAsync("i-2"));
    }
}
