using Everturn.StatefulAgents.Tests.Fixtures;

namespace Everturn.StatefulAgents.Tests.Objects;

/// <summary>Turns, the start gate, critical sections (Durable Objects, execution and gates).</summary>
public sealed class TurnTests : WorkerTests
{
    [Fact]
    public async Task DO_02_Concurrent_calls_never_run_at_the_same_time_and_interleave_only_at_awaits()
    {
        var inside = 0;
        var calls = Enumerable
            .Range(0, 40)
            .Select(_ =>
                Get()
                    .CallAsync(async agent =>
                    {
                        for (var i = 0; i < 3; i++)
                        {
                            Interlocked.Increment(ref inside).ShouldBe(1);
                            agent.Field++;
                            Interlocked.Decrement(ref inside);
                            await Task.Yield();
                        }
                    })
            )
            .ToList();

        await Task.WhenAll(calls);

        (await Get().CallAsync(agent => agent.Field)).ShouldBe(120);
    }

    [Fact]
    public async Task DO_03_A_read_modify_write_on_storage_is_free_of_races_as_storage_does_not_await()
    {
        var calls = Enumerable
            .Range(0, 40)
            .Select(_ =>
                Get()
                    .CallAsync(agent =>
                    {
                        agent.Storage.Put("n", agent.Storage.Get<int>("n") + 1);
                    })
            );

        await Task.WhenAll(calls);

        (await Get().CallAsync(agent => agent.Storage.Get<int>("n"))).ShouldBe(40);
    }

    [Fact]
    public async Task A_call_that_waits_lets_others_through()
    {
        var gate = new TaskCompletionSource();
        var waiting = Get().CallAsync(async _ => await gate.Task);

        (await Get().CallAsync(_ => 1)).ShouldBe(1);
        waiting.IsCompleted.ShouldBeFalse();
        gate.SetResult();
        await waiting;
    }

    [Fact]
    public async Task DO_04_Nothing_else_runs_in_a_critical_section_not_even_where_it_awaits()
    {
        var gate = new TaskCompletionSource();
        var order = new List<string>();
        var section = Get()
            .CallAsync(async agent =>
                await agent.BlockAsync(async () =>
                {
                    order.Add("in");
                    await gate.Task;
                    await agent.BlockAsync(async () => await Task.Yield());
                    order.Add("out");
                })
            );
        await Eventually.IsAsync(() => order.Count == 1);
        var other = Get().CallAsync(_ => order.Add("other"));

        gate.SetResult();
        await Task.WhenAll(section, other);

        order.ShouldBe(["in", "out", "other"]);
    }

    [Fact]
    public async Task DO_04_A_critical_section_that_throws_resets_the_object()
    {
        await Get().CallAsync(agent => agent.Field = 1);
        await Should.ThrowAsync<Exception>(() =>
            Get().CallAsync(agent => agent.BlockAsync(() => throw new InvalidOperationException("no")))
        );

        (await Get().CallAsync(agent => agent.Field)).ShouldBe(0);
    }

    [Fact]
    public async Task DO_05_Critical_sections_nest_64_deep_and_not_65()
    {
        await Get().CallAsync(agent => NestAsync(agent, 64));
        await Should.ThrowAsync<Exception>(() => Get().CallAsync(agent => NestAsync(agent, 65)));

        static Task NestAsync(Worker agent, int depth) =>
            depth == 0 ? Task.CompletedTask : agent.BlockAsync(() => NestAsync(agent, depth - 1));
    }

    [Fact]
    public async Task DO_06_The_start_hook_ends_before_anything_else_whatever_wakes_the_object()
    {
        var gate = new TaskCompletionSource();
        Script.OnStart = async agent =>
        {
            await gate.Task;
            agent.Field = 7;
        };
        var calls = Enumerable.Range(0, 10).Select(_ => Get().CallAsync(agent => agent.Field)).ToList();
        var connecting = Host.ConnectAsync<Worker>("w");
        await Eventually.IsAsync(() => Script.Count("start w") == 1);
        calls.ShouldAllBe(call => !call.IsCompleted);

        gate.SetResult();

        (await Task.WhenAll(calls)).ShouldAllBe(field => field == 7);
        await connecting;
        Script.Notes.ShouldBe(["start w", "connect c1"]);
    }

    [Fact]
    public async Task A_start_that_fails_fails_the_message_and_the_next_one_tries_again()
    {
        var failures = 1;
        Script.OnStart = _ => failures-- > 0 ? throw new InvalidOperationException("not yet") : Task.CompletedTask;

        (await Should.ThrowAsync<InvalidOperationException>(() => Get().CallAsync(_ => 1))).Message.ShouldBe("not yet");
        (await Get().CallAsync(_ => 1)).ShouldBe(1);
    }

    [Fact]
    public async Task An_object_that_calls_itself_in_its_start_hook_is_told_so_instead_of_waiting_for_ever()
    {
        Script.OnStart = async _ => await Get().CallAsync(_ => 1);

        (await Should.ThrowAsync<InvalidOperationException>(() => Get().CallAsync(_ => 1))).Message.ShouldContain(
            "cannot wait for itself"
        );
    }

    [Fact]
    public async Task Code_that_left_the_turn_is_told_so_when_it_uses_the_object()
    {
        var error = await Should.ThrowAsync<InvalidOperationException>(() =>
            Get()
                .CallAsync(async agent =>
                {
                    await Task.Run(() => { }).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
                    agent.Storage.Put("k", 1);
                })
        );

        error.Message.ShouldContain("ConfigureAwait(false)");
    }

    [Fact]
    public async Task The_current_agent_is_known_in_its_turns_with_connection_only_in_those_of_clients()
    {
        CurrentAgent? seen = null;
        Script.Act = (_, _, _) =>
        {
            seen = CurrentAgent.Context;
            return Task.CompletedTask;
        };
        var client = await Host.ConnectAsync<Worker>("w");
        await (await client.CallAsync("act2")).Value;
        seen!.Connection.ShouldBe(client.Connection.Connection);
        seen.Request.ShouldNotBeNull();

        seen = await Get()
            .CallAsync(async _ =>
            {
                await Task.Yield();
                return CurrentAgent.Context!;
            });
        seen.Agent.Name.ShouldBe("w");
        seen.Connection.ShouldBeNull();
        CurrentAgent.Context.ShouldBeNull();
    }

    [Fact]
    public async Task DO_01_Objects_are_told_apart_by_tenant_agent_and_name()
    {
        await Get("a").CallAsync(agent => agent.Storage.Put("k", "a"));
        await Host.Agents.Get<Worker>("a", "other").CallAsync(agent => agent.Storage.Put("k", "other"));
        await Get("../a%2f").CallAsync(agent => agent.Storage.Put("k", "dots"));

        (await Get("a").CallAsync(agent => agent.Storage.Get<string>("k"))).ShouldBe("a");
        (await Host.Agents.Get<Worker>("a", "other").CallAsync(agent => agent.Storage.Get<string>("k"))).ShouldBe(
            "other"
        );
        (await Get("../a%2f").CallAsync(agent => agent.Storage.Get<string>("k"))).ShouldBe("dots");
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    public void A_name_that_breaks_the_rule_is_refused(string name)
    {
        Should.Throw<InvalidInputException>(() => Get(name)).Field.ShouldBe("name");
        Should.Throw<InvalidInputException>(() => Get(new string('x', 10_000))).Field.ShouldBe("name");
    }

    [Fact]
    public async Task DO_28_Too_many_waiting_calls_are_refused_and_change_nothing()
    {
        var gate = new TaskCompletionSource();
        var blocked = Get().CallAsync(agent => agent.BlockAsync(() => gate.Task));
        await Eventually.IsAsync(() => Script.Count("start w") == 1);
        var calls = Enumerable.Range(0, 60).Select(_ => Get().CallAsync(agent => agent.Field++)).ToList();

        calls.Count(call => call.IsFaulted).ShouldBeInRange(9, 11);
        calls
            .Where(call => call.IsFaulted)
            .ShouldAllBe(call => call.Exception!.InnerException is ObjectOverloadedException);
        gate.SetResult();
        await blocked;
        await Task.WhenAll(calls.Where(call => !call.IsFaulted));
    }

    private protected override void Configure(StatefulAgentHostOptions options) => options.MaxWaiting = 50;
}
