using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Tests.Workflows;

/// <summary>What a second execution finds of the first. Run for every store.</summary>
public abstract class ReplayTests(Func<IStoreUnderTest> open) : EngineTests(open)
{
    [Fact]
    public async Task WF_18_instances_outlive_their_process_and_can_still_be_read()
    {
        var script = new Script(
            async (step, trigger, _) =>
                trigger.Payload == "wait"
                    ? (await step.WaitForEventAsync<string>("go")).Payload
                    : await step.DoAsync("only", _ => Task.FromResult("output"))
        );
        var first = await StartAsync(script);
        var client = first.Client<string, string>("script");
        await TestHost.InTimeAsync(client.RunAsync("", "complete"));
        await first.UntilStatusAsync(await client.CreateAsync("wait", "waiting"), InstanceStatus.Waiting);
        await first.StopAsync();

        var second = await StartAsync(script, first);
        client = second.Client<string, string>("script");
        var complete = await (await client.GetAsync("complete")).StatusAsync();
        (complete.Status, complete.Output<string>()).ShouldBe((InstanceStatus.Complete, "output"));
        var waiting = await client.GetAsync("waiting");
        (await waiting.StatusAsync()).Status.ShouldBe(InstanceStatus.Waiting);

        await waiting.SendEventAsync("go", "later");
        (await TestHost.InTimeAsync(waiting.ResultAsync<string>())).ShouldBe("later");
    }

    [Fact]
    public async Task ST_18_nothing_is_a_result_like_any_other()
    {
        var script = new Script(
            async (step, script) =>
            {
                await step.DoAsync("void", _ => Task.FromResult(script.Count("void")) as Task);
                var text = await step.DoAsync("null", _ => Task.FromResult(script.Count("null") > 9 ? "" : null));
                var number = await step.DoAsync("no number", _ => Task.FromResult(NoNumber(script)));
                await step.WaitForEventAsync<int>("go");
                return $"{text is null} {number is null}";
            }
        );

        (await CrashAndGoOnAsync(script)).ShouldBe("True True");

        (script["void"], script["null"], script["no number"]).ShouldBe((1, 1, 1));
        static int? NoNumber(Script script) => script.Count("no number") > 9 ? 1 : null;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task ST_19_after_a_crash_behind_step_k_the_steps_up_to_it_do_not_run_again_and_the_others_run_once(
        int k
    )
    {
        const int Steps = 4;
        var script = new Script(
            async (step, script) =>
            {
                var all = "";
                for (var i = 1; i <= Steps; i++)
                {
                    var name = $"s{i}";
                    all += await step.DoAsync(name, _ => Task.FromResult($"{name}:{script.Count(name)} "));
                }

                return all;
            }
        );
        // The first write creates the instance, and each step is one more.
        var first = await StartAsync(
            script,
            prepare: store =>
            {
                store.CrashAt = 1 + k;
                store.CrashAfterWrite = true;
            }
        );
        await first.Client<string, string>("script").CreateAsync("", "i-1");
        await TestHost.InTimeAsync(first.Store.Crashed);
        Enumerable
            .Range(1, Steps)
            .Select(i => script[$"s{i}"])
            .ShouldBe(Enumerable.Range(1, Steps).Select(i => i <= k ? 1 : 0));
        await first.CrashAsync();

        var second = await StartAsync(script, first);

        var ended = await TestHost.InTimeAsync(second.Engine.WaitAsync(new("script", "i-1")));
        ended.Output<string>().ShouldBe("s1:1 s2:1 s3:1 s4:1 ");
        Enumerable.Range(1, Steps).ShouldAllBe(i => script[$"s{i}"] == 1);
    }

    [Fact]
    public async Task ST_23_parallel_steps_of_one_name_keep_the_numbers_of_their_calls()
    {
        Gate[] gates = [new(), new(), new()];
        var script = new Script(
            async (step, script) =>
            {
                var all = await Task.WhenAll(
                    gates.Select(
                        (gate, place) =>
                            step.DoAsync(
                                "p",
                                async (context, _) =>
                                {
                                    await gate.PassAsync();
                                    return $"{place}:{context.Count}:{script.Count("p")}";
                                }
                            )
                    )
                );
                await step.WaitForEventAsync<int>("go");
                return string.Join(" ", all);
            }
        );
        var first = await StartAsync(script);
        var instance = await first.Client<string, string>("script").CreateAsync("", "i-1");
        foreach (var (gate, done) in new[] { 2, 0, 1 }.Select((place, index) => (gates[place], index + 1)))
        {
            await gate.Reached;
            gate.Open();
            await TestHost.UntilAsync(
                async () => (await first.Store.ReadAsync(instance.Key))!.Journal.Count(IsDone) == done,
                $"{done} to be recorded"
            );
        }

        await first.UntilStatusAsync(instance, InstanceStatus.Waiting);
        await first.CrashAsync();
        var second = await StartAsync(script, first);

        (await GoOnAsync(second)).ShouldBe("0:1:2 1:2:3 2:3:1");

        script["p"].ShouldBe(3);
    }

    [Fact]
    public async Task ST_31_bytes_are_stored_as_they_are_and_of_a_view_only_what_it_shows()
    {
        var large = new byte[200 * 1024];
        new Random(1).NextBytes(large);
        var script = new Script(
            async (step, script) =>
            {
                var all = await step.DoAsync("array", _ => Task.FromResult(Counted(script, large)));
                var view = await step.DoAsync("view", _ => Task.FromResult(Counted(script, large.AsMemory(100, 50))));
                var nested = await step.DoAsync(
                    "nested",
                    _ => Task.FromResult(Counted(script, new Nested(large[..10], large.AsMemory(7, 3), [1.5f, -2])))
                );
                await step.WaitForEventAsync<int>("go");
                return string.Join(
                    ' ',
                    all.AsSpan().SequenceEqual(large),
                    view.Span.SequenceEqual(large.AsSpan(100, 50)),
                    nested.Bytes.AsSpan().SequenceEqual(large.AsSpan(0, 10)),
                    nested.View.Span.SequenceEqual(large.AsSpan(7, 3)),
                    string.Join('/', nested.Numbers)
                );
            }
        );

        (await CrashAndGoOnAsync(script)).ShouldBe("True True True True 1.5/-2");

        script["ran"].ShouldBe(3);
        var reader = await Data.OpenAsync();
        var journal = (await reader.Store.ReadAsync(new("script", "i-1")))!.Journal;
        Size("array").ShouldBeLessThan(large.Length * 3 / 2);
        Size("view").ShouldBeLessThan(100);
        Size("nested").ShouldBeLessThan(100);
        await reader.Die();
        int Size(string name) => journal.Single(record => record.Key.Name == name).Value.Data.Length;
    }

    [Fact]
    public async Task EV_02_an_event_sent_while_nobody_executes_the_instance_wakes_it()
    {
        var script = new Script(async (step, _) => (await step.WaitForEventAsync<string>("go")).Payload);
        var first = await StartAsync(script);
        var instance = await first.Client<string, string>("script").CreateAsync("", "i-1");
        await first.UntilStatusAsync(instance, InstanceStatus.Waiting);
        await first.CrashAsync();
        var sender = await StartAsync(script, first, configure: _ => { });
        await sender.Engine.SendEventAsync(instance.Key, "go", "\"woken\""u8.ToArray());
        (await sender.Engine.GetAsync(instance.Key)).Status.IsTerminal.ShouldBeFalse();

        var second = await StartAsync(script, sender);

        (await TestHost.InTimeAsync(second.Engine.WaitAsync(instance.Key))).Output<string>().ShouldBe("woken");
    }

    [Fact]
    public async Task SL_01_a_sleep_outlives_a_crash_and_ends_by_itself_at_its_original_time()
    {
        var script = new Script(
            async (step, script) =>
            {
                script.Count("body");
                await step.SleepAsync("nap", TimeSpan.FromDays(1));
                return "awake";
            }
        );
        var first = await StartAsync(script);
        var instance = await first.Client<string, string>("script").CreateAsync("", "i-1");
        var due = await first.UntilPendingAsync(instance, "nap");
        await first.UntilStatusAsync(instance, InstanceStatus.Waiting);
        first.Time.Advance(TimeSpan.FromHours(10));
        await first.CrashAsync();
        first.Time.Advance(TimeSpan.FromHours(4));

        var second = await StartAsync(script, first);
        (await second.UntilPendingAsync(instance, "nap")).ShouldBe(due);
        second.Time.Advance(due - second.Time.GetUtcNow() - TimeSpan.FromMilliseconds(1));
        script["body"].ShouldBe(1);
        second.Time.Advance(TimeSpan.FromMilliseconds(1));

        (await TestHost.InTimeAsync(second.Engine.WaitAsync(instance.Key))).Output<string>().ShouldBe("awake");
        second.Time.GetUtcNow().ShouldBe(due);
    }

    private static bool IsDone(JournalRecord record) => record.Outcome == JournalOutcome.Value;

    private static T Counted<T>(Script script, T value)
    {
        script.Count("ran");
        return value;
    }

    /// <summary>Runs until the instance waits, crashes, and lets another host finish it.</summary>
    private async Task<string> CrashAndGoOnAsync(Script script)
    {
        var first = await StartAsync(script);
        var instance = await first.Client<string, string>("script").CreateAsync("", "i-1");
        await first.UntilStatusAsync(instance, InstanceStatus.Waiting);
        await first.CrashAsync();
        return await GoOnAsync(await StartAsync(script, first));
    }

    private static async Task<string> GoOnAsync(TestHost host)
    {
        var instance = await host.Client<string, string>("script").GetAsync("i-1");
        await instance.SendEventAsync("go", 1);
        return await TestHost.InTimeAsync(instance.ResultAsync<string>());
    }

    private sealed record Nested(byte[] Bytes, ReadOnlyMemory<byte> View, float[] Numbers);
}
