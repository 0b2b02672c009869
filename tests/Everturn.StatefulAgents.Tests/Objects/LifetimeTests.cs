using Everturn.Sqlite.Engine;
using Everturn.StatefulAgents.Tests.Fixtures;

namespace Everturn.StatefulAgents.Tests.Objects;

/// <summary>Eviction, connections that outlive it, destruction, shutdown (Durable Objects, hibernation and lifecycle).</summary>
public sealed class LifetimeTests : WorkerTests
{
    [Fact]
    public async Task DO_22_An_idle_object_leaves_memory_while_its_connection_stays_with_state_and_tags()
    {
        var client = await Host.ConnectAsync<Worker>("w");
        await Get()
            .CallAsync(agent =>
            {
                agent.Field = 1;
                agent.Storage.Put("k", 1);
                agent.Connections.List()[0].SetState("kept");
            });
        Script.OnMessage = (agent, connection, message) =>
        {
            connection.Send($"{message.Text} {connection.GetState<string>()} {agent.Field}");
            return Task.CompletedTask;
        };

        await EvictAsync();
        await client.SendAsync("hello");

        await Eventually.IsAsync(() => client.Frames.Contains("hello kept 0"));
        Script.Notes.ShouldBe(["start w", "connect c1", "start w"]);
        client.Closed.ShouldBeNull();
    }

    [Fact]
    public async Task DO_26_An_object_without_connections_leaves_nothing_in_memory_and_keeps_its_storage()
    {
        await Get().CallAsync(agent => agent.Storage.Put("k", 1));

        await EvictAsync();

        Host.Objects.Slots.ShouldBeEmpty();
        (await Get().CallAsync(agent => agent.Storage.Get<int>("k"))).ShouldBe(1);
    }

    [Fact]
    public async Task Code_that_no_turn_awaited_cannot_reach_an_object_that_has_left_memory()
    {
        var gate = new TaskCompletionSource();
        var stray = new TaskCompletionSource<Exception?>();
        await Get()
            .CallAsync(agent =>
            {
                agent.Storage.Put("k", "before");
                _ = StrayAsync(agent);
            });
        await EvictAsync();

        gate.SetResult();

        (await stray.Task).ShouldBeOfType<ObjectResetException>();
        (await Get().CallAsync(agent => agent.Storage.Get<string>("k"))).ShouldBe("before");

        async Task StrayAsync(Worker agent)
        {
            await gate.Task;
            try
            {
                agent.Storage.Put("k", "stray");
                stray.SetResult(null);
            }
            catch (Exception exception)
            {
                stray.SetResult(exception);
            }
        }
    }

    [Fact]
    public async Task A_message_that_waits_while_the_object_is_reset_is_one_for_its_next_stay()
    {
        using var bothWait = new ManualResetEventSlim();
        var first = Get()
            .CallAsync(agent =>
            {
                bothWait.Wait();
                agent.AbortNow("asked");
            });
        var second = Get().CallAsync(agent => agent.Storage.TryGet<int>("k", out _));

        bothWait.Set();

        await Should.ThrowAsync<ObjectResetException>(() => first);
        (await second).ShouldBeFalse();
        Script.Count("start w").ShouldBe(2);
    }

    [Fact]
    public async Task The_handle_that_starts_an_object_gives_it_its_props_and_later_ones_change_nothing()
    {
        Script.OnStart = agent =>
        {
            Script.Note($"props {agent.Props}");
            return Task.CompletedTask;
        };
        (await Get().WithProps("first").CallAsync(agent => agent.Props!.Value.GetString())).ShouldBe("first");
        (await Get().WithProps("second").CallAsync(agent => agent.Props!.Value.GetString())).ShouldBe("first");
        await EvictAsync();
        await Get().WithProps(7).CallAsync<string>("act2", ["by name"]);
        await EvictAsync();

        (await Get().CallAsync(agent => agent.Props)).ShouldBeNull();
        Script
            .Notes.Where(note => note.StartsWith("props", StringComparison.Ordinal))
            .ShouldBe(["props first", "props 7", "props "]);
    }

    [Fact]
    public async Task DO_25_A_turn_in_flight_keeps_the_object_in_memory()
    {
        var gate = new TaskCompletionSource();
        var call = Get()
            .CallAsync(async agent =>
            {
                agent.Field = 5;
                await gate.Task;
                return agent.Field;
            });
        await Eventually.IsAsync(() => Script.Count("start w") == 1);

        Time.Advance(TimeSpan.FromMinutes(1));
        gate.SetResult();

        (await call).ShouldBe(5);
        Script.Count("start w").ShouldBe(1);
    }

    [Fact]
    public async Task Above_the_limit_those_used_least_recently_leave_memory()
    {
        for (var i = 0; i < 30; i++)
        {
            await Get($"w{i}").CallAsync(agent => agent.Field = 1);
            Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        await Eventually.IsAsync(() => Host.Objects.InMemory <= 20);
        (await Get("w29").CallAsync(agent => agent.Field)).ShouldBe(1);
    }

    [Fact]
    public async Task A_destroyed_object_has_no_file_no_row_no_alarm_and_no_connection()
    {
        var client = await Host.ConnectAsync<Worker>("w");
        await Get()
            .CallAsync(async agent =>
            {
                agent.Storage.Put("k", 1);
                agent.Schedules.Add(TimeSpan.FromSeconds(1), "record", "never");
                await agent.DestroyAsync();
                await agent.DestroyAsync();
            });

        Data.ObjectFiles.ShouldBeEmpty();
        client.Closed!.Value.Code.ShouldBe(1001);
        Time.Advance(TimeSpan.FromSeconds(5));
        (await Get().CallAsync(agent => agent.Storage.TryGet<int>("k", out _))).ShouldBeFalse();
        Script.Notes.ShouldNotContain("w never");
    }

    [Fact]
    public async Task A_client_that_destroys_the_object_gets_its_reply()
    {
        Script.Act = (agent, _, call) =>
        {
            call.Return("gone");
            return agent.DestroyAsync();
        };
        var client = await Host.ConnectAsync<Worker>("w");

        (await (await client.CallAsync("act2")).Value).ShouldBe("\"gone\"");
    }

    [Fact]
    public async Task A_host_that_stops_closes_connections_with_1012_and_lets_turns_end()
    {
        var gate = new TaskCompletionSource();
        var client = await Host.ConnectAsync<Worker>("w");
        var idle = await Host.ConnectAsync<Worker>("idle");
        var call = Get()
            .CallAsync(async agent =>
            {
                await gate.Task;
                agent.Storage.Put("k", 1);
            });

        var restarting = RestartAsync();
        gate.SetResult();
        await call;
        await restarting;

        client.Closed!.Value.Code.ShouldBe(1012);
        idle.Closed!.Value.Code.ShouldBe(1012);
        (await Get().CallAsync(agent => agent.Storage.Get<int>("k"))).ShouldBe(1);
    }

    [Fact]
    public async Task A_host_that_stops_waits_for_no_object_that_a_message_brings_back_meanwhile()
    {
        var leaving = new TaskCompletionSource();
        var left = new TaskCompletionSource();
        Script.OnDispose = () =>
        {
            leaving.TrySetResult();
            return left.Task;
        };
        await Should.ThrowAsync<ObjectResetException>(() => Get().CallAsync(agent => agent.AbortNow("enough")));
        await leaving.Task;
        var call = Get().CallAsync(agent => agent.Storage.Put("k", 1));

        // The clock stands still: nothing but the end of the call can end it.
        var gone = Host.Objects.Slots.Single().ShutDownAsync();
        left.SetResult();
        await call;
        await gone.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        (await Get().CallAsync(agent => agent.Storage.Get<int>("k"))).ShouldBe(1);
    }

    [Fact]
    public async Task A_host_that_stops_waits_for_an_object_that_is_starting()
    {
        var starting = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        Script.OnStart = _ =>
        {
            starting.TrySetResult();
            return started.Task;
        };
        var call = Get().CallAsync(agent => agent.Storage.Put("k", 1));
        await starting.Task;

        var gone = Host.Objects.Slots.Single().ShutDownAsync();
        started.SetResult();
        await call;
        await gone.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        (await Get().CallAsync(agent => agent.Storage.Get<int>("k"))).ShouldBe(1);
    }

    [Fact]
    public async Task A_connection_that_closes_wakes_the_object_for_its_hook_and_is_listed_no_more()
    {
        var client = await Host.ConnectAsync<Worker>("w");
        await EvictAsync();

        await client.Connection.CloseAsync(new CloseInfo(1000, "", true));

        await Eventually.IsAsync(() => Script.Count("close c1 1000") == 1);
        (await Get().CallAsync(agent => agent.Connections.Count)).ShouldBe(0);
    }

    [Fact]
    public async Task A_connect_hook_that_throws_leaves_no_connection()
    {
        Script.OnConnect = (_, _) => throw new InvalidOperationException("go away");

        await Should.ThrowAsync<InvalidOperationException>(() => Host.ConnectAsync<Worker>("w"));

        (await Get().CallAsync(agent => agent.Connections.Count)).ShouldBe(0);
    }

    [Fact]
    public async Task A_message_hook_that_throws_is_reported_and_the_connection_goes_on()
    {
        Script.OnMessage = (_, connection, message) =>
            message.Text == "bad" ? throw new InvalidOperationException("bad message") : Echo(connection, message);
        var client = await Host.ConnectAsync<Worker>("w");

        await client.SendAsync("bad");
        await client.SendAsync("good");

        await Eventually.IsAsync(() => client.Frames.Contains("good"));
        Script.Notes.ShouldContain("error bad message");
    }

    [Fact]
    public async Task Messages_of_a_connection_are_handled_in_the_order_in_which_they_came()
    {
        Script.OnMessage = (_, connection, message) => Echo(connection, message);
        var client = await Host.ConnectAsync<Worker>("w");
        for (var i = 0; i < 500; i++)
        {
            await client.SendAsync($"{i}");
        }

        await Eventually.IsAsync(() => client.Frames.Count >= 500);
        client
            .Frames.Where(frame => char.IsAsciiDigit(frame[0]))
            .ShouldBe(Enumerable.Range(0, 500).Select(i => $"{i}"));
    }

    [Fact]
    public async Task Another_process_that_has_the_file_is_told_of_and_changes_nothing()
    {
        await Get().CallAsync(agent => agent.Storage.Put("k", 1));
        await EvictAsync();
        var file = Data.ObjectFiles.ShouldHaveSingleItem();
        using (var other = SqliteConnection.Open(file, keepWal: true))
        {
            other.ExecuteOnce("PRAGMA locking_mode=EXCLUSIVE; BEGIN IMMEDIATE");
            await Should.ThrowAsync<StoreUnavailableException>(() =>
                Get().CallAsync(agent => agent.Storage.Get<int>("k"))
            );
        }

        (await Get().CallAsync(agent => agent.Storage.Get<int>("k"))).ShouldBe(1);
    }

    private protected override void Configure(StatefulAgentHostOptions options) => options.MaxInMemory = 20;

    private static Task Echo(Connection connection, ConnectionMessage message)
    {
        connection.Send(message.Text);
        return Task.CompletedTask;
    }

    private Task EvictAsync() =>
        Host.AdvanceUntilAsync(() => Task.FromResult(Host.Objects.InMemory == 0), TimeSpan.FromSeconds(5));
}
