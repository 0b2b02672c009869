using Everturn.Memory;
using Everturn.Sessions;
using Everturn.Storage;
using Everturn.Testing;
using Everturn.Workflows;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Everturn.AspNetCore.Tests;

public sealed class HealthTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_host_that_takes_work_is_healthy_over_http()
    {
        var builder = SessionHost.Builder();
        builder.Services.AddHealthChecks().AddEverturn();
        await using var app = builder.Build();
        app.MapHealthChecks("/ready");
        app.MapEverturn().AllowAnonymous();
        await app.StartAsync(Token);
        using var http = new HttpClient { BaseAddress = new(app.Urls.Single()) };

        (await http.GetStringAsync(new Uri("/ready", UriKind.Relative), Token)).ShouldBe("Healthy");
    }

    [Fact]
    public async Task A_store_that_refuses_work_makes_its_host_unhealthy_and_says_why()
    {
        var store = new RefusingStore();
        await using var host = await SessionHost.StartAsync(configure: services =>
            services.AddSingleton<IStoreAvailability>(store).AddHealthChecks().AddEverturn()
        );

        (await CheckAsync(host)).Status.ShouldBe(HealthStatus.Healthy);
        store.Refusal = "A write failed.";
        var entry = await CheckAsync(host);

        entry.Status.ShouldBe(HealthStatus.Unhealthy);
        entry.Description.ShouldBe("A write failed.");
    }

    [Fact]
    public async Task A_node_that_was_declared_dead_is_unhealthy()
    {
        await using var host = await SessionHost.StartAsync(configure: services =>
            services.AddHealthChecks().AddEverturn()
        );
        var nodes = host.Services.GetRequiredService<InMemoryNodeDirectory>();

        (await CheckAsync(host)).Data["node"].ShouldBe(nodes.Self.NodeId);
        nodes.MarkDead(nodes.Self);
        await nodes.Join().FenceDeadNodesAsync(Token);

        (await CheckAsync(host)).Status.ShouldBe(HealthStatus.Unhealthy);
    }

    [Fact]
    public async Task An_outbox_that_does_not_drain_makes_its_host_degraded()
    {
        await using var host = await SessionHost.StartAsync(configure: services =>
            services.AddHealthChecks().AddEverturn(configure: o => o.OutboxBacklog = 2)
        );
        var outbox = Enumerable
            .Range(1, 2)
            .Select(number => new OutboxEntry
            {
                Session = new("s1"),
                Kind = new("of_a_later_version"),
                InstanceId = $"i{number}",
                Token = $"t{number}",
            })
            .ToList();
        await host.Store.CommitAsync(
            new()
            {
                Session = new("s1"),
                Kind = CommitKind.SessionUpdate,
                At = DateTimeOffset.UnixEpoch,
                NewSession = new() { AgentType = "writer" },
                Outbox = outbox,
            },
            Token
        );

        var entry = await CheckAsync(host);

        entry.Status.ShouldBe(HealthStatus.Degraded);
        entry.Data["outbox"].ShouldBe(2);
    }

    [Fact]
    public async Task An_engine_whose_writes_fail_makes_its_host_degraded_until_one_succeeds()
    {
        await using var host = await SessionHost.StartAsync(configure: services =>
            services.AddHealthChecks().AddEverturn()
        );
        var engine = host.Services.GetRequiredService<WorkflowEngineHealth>();

        engine.CommitFailed(new IOException("disk full"));
        var entry = await CheckAsync(host);
        engine.CommitSucceeded();

        entry.Status.ShouldBe(HealthStatus.Degraded);
        entry.Description.ShouldNotBeNull().ShouldContain("disk full");
        entry.Data["failedCommits"].ShouldBe(1);
        entry.Data["instances"].ShouldBe(0);
        (await CheckAsync(host)).Status.ShouldBe(HealthStatus.Healthy);
    }

    [Fact]
    public async Task An_engine_that_stopped_looking_for_work_makes_its_host_degraded()
    {
        var time = new VirtualTimeProvider();
        await using var host = await SessionHost.StartAsync(configure: services =>
        {
            services.AddSingleton<TimeProvider>(time).AddHealthChecks().AddEverturn();
            // Its loop, which would look again.
            services.Remove(services.Single(service => service.ImplementationType == typeof(WorkflowHost)));
        });
        var engine = host.Services.GetRequiredService<WorkflowEngineHealth>();
        engine.LookedForWork(null);

        time.Advance(TimeSpan.FromSeconds(60));
        var quiet = await CheckAsync(host);
        time.Advance(TimeSpan.FromSeconds(1));
        var silent = await CheckAsync(host);
        engine.LookedForWork(null);
        var again = await CheckAsync(host);

        quiet.Description.ShouldNotBeNull().ShouldNotContain("has not looked");
        silent.Status.ShouldBe(HealthStatus.Degraded);
        silent.Description.ShouldBe("The engine has not looked for work for 61 seconds.");
        silent.Data["lastPoll"].ShouldBe(time.GetUtcNow() - TimeSpan.FromSeconds(61));
        again.Description.ShouldNotBeNull().ShouldNotContain("has not looked");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_001)]
    public void A_backlog_out_of_range_is_refused(int backlog) =>
        Should.Throw<ArgumentOutOfRangeException>(() =>
            new ServiceCollection().AddHealthChecks().AddEverturn(configure: o => o.OutboxBacklog = backlog)
        );

    private static async Task<HealthReportEntry> CheckAsync(SessionHost host)
    {
        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token);
        return report.Entries["everturn"];
    }

    private sealed class RefusingStore : IStoreAvailability
    {
        public string? Refusal { get; set; }
    }
}
