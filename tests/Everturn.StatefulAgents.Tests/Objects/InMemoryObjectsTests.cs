using Everturn.Sqlite;
using Everturn.StatefulAgents.Hosting;
using Everturn.StatefulAgents.Tests.Fixtures;
using Everturn.StatefulAgents.Tests.Sessions;
using Everturn.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Everturn.StatefulAgents.Tests.Objects;

/// <summary>Objects whose databases are in memory.</summary>
public sealed class InMemoryObjectsTests
{
    [Fact]
    public async Task An_object_keeps_what_it_stored_while_it_is_out_of_memory_and_is_woken_by_its_alarm()
    {
        var script = new WorkerScript();
        var time = new VirtualTimeProvider();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<TimeProvider>(time).AddSingleton(script);
        builder
            .Services.AddEverturn()
            .UseInMemory()
            .UseInMemoryObjects()
            .AddStatefulAgent<Worker>(module: Worker.Module);
        using var host = builder.Build();
        await host.StartAsync();
        var agent = host.Services.GetRequiredService<IStatefulAgentDirectory>().Get<Worker>("m");
        var objects = host.Services.GetRequiredService<ObjectHost>();

        await agent.CallAsync(async worker =>
        {
            await new SqliteSessionStore(worker.Storage).CommitAsync(Conversation.Start());
            worker.Field = 1;
            worker.Storage.Put("k", "kept");
            worker.Schedules.Add(TimeSpan.FromHours(1), "record", "woken");
        });
        await Eventually.IsAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(5));
            return objects.InMemory == 0;
        });

        (await agent.CallAsync(worker => worker.Field)).ShouldBe(0);
        (await agent.CallAsync(worker => worker.Storage.Get<string>("k"))).ShouldBe("kept");
        await agent.CallAsync(async worker =>
            (await new SqliteSessionStore(worker.Storage).GetSessionAsync(Conversation.Key)).ShouldNotBeNull()
        );
        await Eventually.IsAsync(() =>
        {
            time.Advance(TimeSpan.FromMinutes(5));
            return script.Count("m woken") == 1;
        });
        await agent.CallAsync(worker => worker.DestroyAsync());
        (await agent.CallAsync(worker => worker.Storage.TryGet<string>("k", out _))).ShouldBeFalse();
        await host.StopAsync();
    }

    [Fact]
    public async Task Without_a_store_the_start_fails_and_says_which_line_is_missing()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(new WorkerScript());
        builder.Services.AddEverturn().UseInMemory().AddStatefulAgent<Worker>(module: Worker.Module);
        using var host = builder.Build();

        (await Should.ThrowAsync<InvalidOperationException>(() => host.StartAsync())).Message.ShouldContain(
            "UseSqlite"
        );
    }
}
