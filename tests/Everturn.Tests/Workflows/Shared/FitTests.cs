using Everturn.Workflows;

namespace Everturn.Tests.Workflows;

/// <summary>Code that changes while instances run. Run for every store.</summary>
public abstract class FitTests(Func<IStoreUnderTest> open) : EngineTests(open)
{
    private int _version;

    [Theory]
    [InlineData("kind", "sleep \"x\" #1 (value)", "do \"x\" #1")]
    [InlineData("event", "a wait for \"n\"", "a wait for \"other\"")]
    [InlineData("result", "JSON that cannot be read", "Int32")]
    [InlineData("stream", "a value", "a stream")]
    public async Task A_journal_that_does_not_fit_stops_the_instance_until_the_code_is_mended(
        string change,
        string recorded,
        string asked
    )
    {
        var script = new Script(
            async (step, script) =>
            {
                var isChanged = _version == 1;
                switch (change)
                {
                    case "kind" when isChanged:
                        await step.DoAsync("x", _ => Task.FromResult(script.Count("wrong")));
                        break;
                    case "kind":
                        await step.SleepAsync("x", TimeSpan.Zero);
                        break;
                    case "event":
                        await step.WaitForEventAsync<int>("w", isChanged ? "other" : "n");
                        break;
                    case "result" when isChanged:
                        await step.DoAsync("x", _ => Task.FromResult(1));
                        break;
                    case "stream" when isChanged:
                        await step.StreamAsync("x", (_, _) => AsyncEnumerable.Empty<ReadOnlyMemory<byte>>());
                        break;
                    default:
                        await step.DoAsync("x", _ => Task.FromResult("text"));
                        break;
                }

                await step.SleepAsync("long", TimeSpan.FromHours(1));
                return await step.DoAsync("after", _ => Task.FromResult($"after {script.Count("after")}"));
            }
        );
        var host = await StartAsync(script);
        var instance = await host.Client<string, string>("script").CreateAsync("", "i-1");
        if (change == "event")
        {
            await instance.SendEventAsync("n", 1);
        }

        await host.UntilPendingAsync(instance, "long");
        await host.UntilStatusAsync(instance, InstanceStatus.Waiting);
        _version = 1;
        host.Time.Advance(TimeSpan.FromHours(1));
        await host.UntilStatusAsync(instance, InstanceStatus.Paused);

        var error = (await instance.StatusAsync()).Error!;
        error.Name.ShouldBe(JournalMismatch.ErrorName);
        error.Message.ShouldContain(recorded);
        error.Message.ShouldContain(asked);
        (script["wrong"], script["after"]).ShouldBe((0, 0));
        _version = 2;
        await instance.ResumeAsync();

        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe("after 1");
        (await instance.StatusAsync()).Error.ShouldBeNull();
    }

    [Fact]
    public async Task ST_25_a_renamed_step_runs_again_and_an_inserted_one_does_not_disturb_the_others()
    {
        var script = Sequence(() => _version == 0 ? ["a", "b"] : ["new", "a", "renamed"]);
        var host = await SleepAsync(script);
        _version = 1;

        (await WakeAsync(host)).ShouldBe("new1a1renamed1");

        (script["a"], script["b"]).ShouldBe((1, 1));
    }

    [Fact]
    public async Task With_strict_replay_a_step_that_is_recorded_and_not_asked_for_stops_the_instance()
    {
        var script = Sequence(() => _version == 1 ? ["a", "renamed"] : ["a", "b"]);
        var host = await SleepAsync(script, o => o.StrictReplay = true);
        _version = 1;
        var instance = await host.Client<string, string>("script").GetAsync("i-1");
        host.Time.Advance(TimeSpan.FromHours(1));
        await host.UntilStatusAsync(instance, InstanceStatus.Paused);

        (await instance.StatusAsync()).Error!.Message.ShouldContain("do \"b\" #1");
        script["renamed"].ShouldBe(0);
        _version = 2;
        await instance.ResumeAsync();

        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe("a1b1");
    }

    [Fact]
    public async Task A_patch_marker_keeps_instances_on_the_side_they_were_on()
    {
        var script = new Script(
            async (step, script) =>
            {
                var way = _version == 1 && await step.PatchedAsync("change") ? "new" : "old";
                await step.SleepAsync("long", TimeSpan.FromHours(1));
                return await step.DoAsync(way, _ => Task.FromResult(way));
            }
        );
        var host = await StartAsync(script);
        var client = host.Client<string, string>("script");
        var before = await client.CreateAsync("", "before");
        await host.UntilStatusAsync(before, InstanceStatus.Waiting);
        _version = 1;
        var after = await client.CreateAsync("", "after");
        await host.UntilStatusAsync(after, InstanceStatus.Waiting);

        host.Time.Advance(TimeSpan.FromHours(1));

        (await TestHost.InTimeAsync(before.ResultAsync<string>())).ShouldBe("old");
        (await TestHost.InTimeAsync(after.ResultAsync<string>())).ShouldBe("new");
    }

    [Fact]
    public async Task An_instance_stays_with_the_class_of_its_version_and_waits_for_hosts_that_know_it()
    {
        var script = new Script(
            async (step, trigger, _) =>
            {
                await step.SleepAsync("long", TimeSpan.FromHours(1));
                return $"{trigger.DefinitionVersion}";
            }
        );
        var host = await StartAsync(script);
        var old = await host.Client<string, string>("script").CreateAsync("", "old");
        await host.UntilStatusAsync(old, InstanceStatus.Waiting);
        var newer = await StartAsync(
            script,
            host,
            configure: builder => builder.AddWorkflow<ScriptedWorkflow>().AddWorkflow<ScriptedWorkflow2>()
        );
        var young = await newer.Client<string, string>("script").CreateAsync("", "young");
        await newer.UntilStatusAsync(young, InstanceStatus.Waiting);
        await newer.StopAsync();
        host.Time.Advance(TimeSpan.FromHours(1));

        (await TestHost.InTimeAsync(old.ResultAsync<string>())).ShouldBe("1");
        host.Time.Advance(TimeSpan.FromHours(1));
        (await host.Engine.GetAsync(young.Key)).Status.ShouldBe(InstanceStatus.Waiting);
        var third = await StartAsync(script, host, configure: builder => builder.AddWorkflow<ScriptedWorkflow2>());
        var woken = await third.Client<string, string>("script").GetAsync("young");

        (await TestHost.InTimeAsync(woken.ResultAsync<string>())).ShouldBe("v2 2");
    }

    private static Script Sequence(Func<string[]> names) =>
        new(
            async (step, script) =>
            {
                var all = "";
                foreach (var name in names())
                {
                    all += await step.DoAsync(name, _ => Task.FromResult($"{name}{script.Count(name)}"));
                }

                await step.SleepAsync("long", TimeSpan.FromHours(1));
                return all;
            }
        );

    private async Task<TestHost> SleepAsync(Script script, Action<WorkflowDefinitionOptions>? configure = null)
    {
        var host = await StartAsync(script, configure: builder => builder.AddWorkflow<ScriptedWorkflow>(configure));
        var instance = await host.Client<string, string>("script").CreateAsync("", "i-1");
        await host.UntilStatusAsync(instance, InstanceStatus.Waiting);
        return host;
    }

    private static async Task<string> WakeAsync(TestHost host)
    {
        host.Time.Advance(TimeSpan.FromHours(1));
        var instance = await host.Client<string, string>("script").GetAsync("i-1");
        return await TestHost.InTimeAsync(instance.ResultAsync<string>());
    }
}
