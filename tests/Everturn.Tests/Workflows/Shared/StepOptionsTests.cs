using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Tests.Workflows;

/// <summary>What a step may ask for, what it is told, and how many there may be. Run for every store.</summary>
public abstract class StepOptionsTests(Func<IStoreUnderTest> open) : EngineTests(open)
{
    [Fact]
    public async Task ST_01_attempts_are_numbered_from_one()
    {
        var seen = new List<int>();
        var host = await StartAsync(
            new Script(
                async (step, _) =>
                {
                    await step.DoAsync("first time", (context, _) => Task.FromResult(Add(seen, context.Attempt)));
                    await step.DoAsync(
                        "third time",
                        Retrying(2),
                        (context, _) =>
                            Add(seen, context.Attempt) < 3
                                ? throw new InvalidOperationException("not yet")
                                : Task.FromResult(0)
                    );
                    return "";
                }
            )
        );

        await TestHost.InTimeAsync(host.Client<string, string>("script").RunAsync(""));

        seen.ShouldBe([1, 1, 2, 3]);
    }

    [Fact]
    public async Task ST_03_a_callback_sees_its_options_with_the_defaults_filled_in()
    {
        var seen = new List<StepOptions>();
        var host = await StartAsync(
            new Script(
                async (step, _) =>
                {
                    await step.DoAsync("plain", (context, _) => Task.FromResult(Add(seen, context.Options)));
                    await step.DoAsync(
                        "some",
                        new()
                        {
                            Timeout = TimeSpan.FromMinutes(1),
                            Retries = new() { Limit = 7 },
                        },
                        (context, _) => Task.FromResult(Add(seen, context.Options))
                    );
                    return "";
                }
            )
        );

        await TestHost.InTimeAsync(host.Client<string, string>("script").RunAsync(""));

        var defaults = new StepOptions
        {
            Timeout = TimeSpan.FromMinutes(10),
            Sensitive = false,
            Retries = new()
            {
                Limit = 5,
                Delay = TimeSpan.FromSeconds(10),
                Backoff = Backoff.Exponential,
            },
        };
        seen.ShouldBe([
            defaults,
            defaults with
            {
                Timeout = TimeSpan.FromMinutes(1),
                Retries = defaults.Retries with { Limit = 7 },
            },
        ]);
    }

    /// <summary>The options are values: a callback can make others of them, and those are nobody's.</summary>
    [Fact]
    public async Task ST_04_a_callback_cannot_change_how_often_it_is_tried()
    {
        var made = new List<StepOptions>();
        var host = await StartAsync(
            new Script(
                async (step, _) =>
                {
                    await Should.ThrowAsync<StepFailedException>(() =>
                        step.DoAsync(
                            "greedy",
                            Retrying(1),
                            (context, _) =>
                            {
                                Add(made, context.Options with { Retries = new() { Limit = 100 } });
                                throw new InvalidOperationException("again");
                            }
                        )
                    );
                    return "";
                }
            )
        );

        await TestHost.InTimeAsync(host.Client<string, string>("script").RunAsync(""));

        made.Count.ShouldBe(2);
        foreach (var type in new[] { typeof(StepOptions), typeof(RetryOptions), typeof(WorkflowStepContext) })
        {
            type.GetProperties()
                .Where(property =>
                    property.SetMethod is { IsPublic: true } set
                    && !set
                        .ReturnParameter.GetRequiredCustomModifiers()
                        .Contains(typeof(System.Runtime.CompilerServices.IsExternalInit))
                )
                .ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task ST_13_a_computed_delay_is_not_recorded_and_a_fixed_one_is()
    {
        var fails = new Func<CancellationToken, Task<int>>(_ => throw new InvalidOperationException("no"));
        var hour = TimeSpan.FromHours(1);
        var host = await StartAsync(
            new Script(
                async (step, _) =>
                {
                    var both = await Task.WhenAll(
                        step.DoAsync("fixed", new() { Retries = new() { Delay = hour } }, fails),
                        step.DoAsync(
                            "computed",
                            new() { Retries = new() { ComputeDelay = (_, _) => new(TimeSpan.FromHours(2)) } },
                            fails
                        )
                    );
                    return $"{both.Length}";
                }
            )
        );
        var instance = await host.Client<string, string>("script").CreateAsync("");
        await host.UntilPendingAsync(instance, "fixed");
        await host.UntilPendingAsync(instance, "computed");

        var journal = (await host.Store.ReadAsync(instance.Key))!.Journal;

        Of("fixed").Config!.DelayMs.ShouldBe(hour.TotalMilliseconds);
        Of("computed").Config!.DelayMs.ShouldBeNull();
        Of("computed").DueAt.ShouldBe(host.Time.GetUtcNow().AddHours(2));
        JournalRecord Of(string name) => journal.Single(record => record.Key.Name == name);
    }

    [Fact]
    public async Task ST_14_options_that_are_out_of_range_are_refused_by_name_and_no_step_begins()
    {
        var (second, year) = (TimeSpan.FromSeconds(1), TimeSpan.FromDays(366));
        (string Field, StepOptions Options)[] refused =
        [
            ("options.Retries", new() { Retries = null! }),
            ("options.Retries.Limit", Retry(new() { Limit = -1 })),
            ("options.Retries.Limit", Retry(new() { Limit = RetryOptions.MaxLimit + 1 })),
            ("options.Retries.Delay", Retry(new() { Delay = -second })),
            ("options.Retries.Delay", Retry(new() { Delay = year })),
            ("options.Retries.Backoff", Retry(new() { Backoff = (Backoff)9 })),
            ("options.Timeout", new() { Timeout = TimeSpan.Zero }),
            ("options.Timeout", new() { Timeout = -second }),
            ("options.Timeout", new() { Timeout = TimeSpan.FromDays(31) }),
            ("options.Rollback.Handler", new() { Rollback = new(null!) }),
            ("options.Rollback.Retries", new() { Rollback = Nothing() with { Retries = null! } }),
            ("options.Rollback.Retries.Limit", new() { Rollback = Nothing() with { Retries = new() { Limit = -1 } } }),
            ("options.Rollback.Timeout", new() { Rollback = Nothing() with { Timeout = TimeSpan.Zero } }),
        ];
        var fields = new List<string>();
        var script = new Script(
            async (step, script) =>
            {
                foreach (var (_, options) in refused)
                {
                    var thrown = await Should.ThrowAsync<InvalidInputException>(() =>
                        step.DoAsync("refused", options, _ => Task.FromResult(script.Count("ran")))
                    );
                    fields.Add(thrown.Field);
                }

                return "";
            }
        );
        var host = await StartAsync(script);
        var instance = await host.Client<string, string>("script").CreateAsync("");
        await TestHost.InTimeAsync(instance.ResultAsync<string>());

        fields.ShouldBe(refused.Select(one => one.Field));
        script["ran"].ShouldBe(0);
        (await host.Store.ReadAsync(instance.Key))!.Journal.ShouldBeEmpty();
    }

    [Fact]
    public async Task ST_15_options_at_the_edge_of_their_range_are_accepted()
    {
        StepOptions[] accepted =
        [
            Retry(new() { Limit = 0 }),
            Retry(new() { Limit = RetryOptions.MaxLimit }),
            Retry(new() { Delay = TimeSpan.Zero }),
            Retry(new() { Delay = TimeSpan.FromDays(365) }),
            new() { Timeout = TimeSpan.FromMilliseconds(1_000) },
            new() { Timeout = TimeSpan.FromDays(30) },
            new() { Sensitive = true },
            new() { Rollback = Nothing() with { Retries = new() { Limit = 0 } } },
        ];
        var host = await StartAsync(
            new Script(
                async (step, script) =>
                {
                    foreach (var options in accepted)
                    {
                        await step.DoAsync("accepted", options, _ => Task.FromResult(script.Count("ran")));
                    }

                    return $"{script["ran"]}";
                }
            )
        );

        (await TestHost.InTimeAsync(host.Client<string, string>("script").RunAsync(""))).ShouldBe($"{accepted.Length}");
    }

    [Fact]
    public async Task ST_16_the_step_limit_counts_callbacks_and_neither_sleeps_nor_waits()
    {
        const int Limit = 4;
        var script = new Script(
            async (step, script) =>
            {
                for (var i = 0; i < Limit; i++)
                {
                    await step.DoAsync("s", _ => Task.FromResult(script.Count("ran")));
                    await step.SleepAsync("nap", 0);
                    await step.WaitForEventAsync<int>("wait", "n");
                }

                return await step.DoAsync("one more", _ => Task.FromResult($"{script.Count("ran")}"));
            }
        );
        var host = await StartAsync(
            script,
            configure: builder => builder.AddWorkflow<ScriptedWorkflow>(o => o.StepLimit = Limit)
        );
        var instance = await host.Client<string, string>("script").CreateAsync("");
        for (var i = 0; i < Limit; i++)
        {
            await instance.SendEventAsync("n", i);
        }

        var ended = await TestHost.InTimeAsync(host.Engine.WaitAsync(instance.Key));

        ended.Status.ShouldBe(InstanceStatus.Errored);
        ended.Error!.Message.ShouldStartWith("The limit of 4 steps has been reached.");
        script["ran"].ShouldBe(Limit);
    }

    [Fact]
    public async Task ST_17_ten_thousand_steps_are_allowed_unless_the_workflow_says_otherwise()
    {
        var script = new Script(
            async (step, script) =>
            {
                await Task.WhenAll(
                    Enumerable
                        .Range(0, 10_000)
                        .Select(_ => step.DoAsync("s", _ => Task.FromResult(script.Count("ran"))))
                );
                return await step.DoAsync("one more", _ => Task.FromResult($"{script.Count("one more")}"));
            }
        );
        var host = await StartAsync(script);
        var instance = await host.Client<string, string>("script").CreateAsync("");

        var ended = await TestHost.InTimeAsync(host.Engine.WaitAsync(instance.Key));

        ended.Error!.Message.ShouldStartWith("The limit of 10000 steps has been reached.");
        (script["ran"], script["one more"]).ShouldBe((10_000, 0));
    }

    [Fact]
    public async Task Names_of_steps_that_break_the_rules_are_refused_and_hostile_ones_are_only_names()
    {
        string[] hostile =
        [
            "'; DROP TABLE workflow_journal; --",
            "a\"b`c%_*?[x]",
            "../../etc/passwd",
            "$(reboot) {0} ${x}",
            "\u007f\u200b\u202eקוד\ud83d\ude00",
            "before-1",
            new string('n', WorkflowIdentifiers.MaxStepName),
        ];
        string[] refused = ["", new string('n', WorkflowIdentifiers.MaxStepName + 1), "a\0b", "a\nb", "\u001f"];
        var script = new Script(
            async (step, script) =>
            {
                foreach (var name in refused)
                {
                    await Should.ThrowAsync<InvalidInputException>(() => step.DoAsync(name, _ => Task.FromResult(1)));
                    await Should.ThrowAsync<InvalidInputException>(() => step.SleepAsync(name, 0));
                    await Should.ThrowAsync<InvalidInputException>(() => step.WaitForEventAsync<int>(name, "n"));
                }

                foreach (var name in hostile)
                {
                    await step.DoAsync(name, _ => Task.FromResult(script.Count(name)));
                }

                await step.WaitForEventAsync<int>("go", "n");
                return "";
            }
        );
        var host = await StartAsync(script);
        var instance = await host.Client<string, string>("script").CreateAsync("", "i-1");
        await host.UntilStatusAsync(instance, InstanceStatus.Waiting);
        await instance.SendEventAsync("n", 1);
        await TestHost.InTimeAsync(instance.ResultAsync<string>());

        (await instance.DescribeAsync()).Steps.Select(step => step.Name).ShouldBe([.. hostile, "go"]);
        hostile.ShouldAllBe(name => script[name] == 1);
    }

    private static StepOptions Retry(RetryOptions retries) => new() { Retries = retries };

    private static StepOptions Retrying(int limit) => Retry(new() { Limit = limit, Delay = TimeSpan.Zero });

    private static StepRollback Nothing() => new((_, _) => Task.CompletedTask);

    private static T Add<T>(List<T> list, T item)
    {
        lock (list)
        {
            list.Add(item);
        }

        return item;
    }
}
