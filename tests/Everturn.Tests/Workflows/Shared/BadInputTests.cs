using Everturn.Workflows;

namespace Everturn.Tests.Workflows;

/// <summary>What is refused, by name, and changes nothing. Run for every store.</summary>
public abstract class BadInputTests(Func<IStoreUnderTest> open) : EngineTests(open)
{
    private const int MaxBytes = 1024 * 1024;

    [Fact]
    public async Task Invariant_11_parameters_of_more_than_1_MiB_are_refused()
    {
        var host = await StartAsync(Waiter());
        var client = host.Client<string, string>("script");

        // The quotes of the JSON text count as well.
        (
            await Should.ThrowAsync<InvalidInputException>(() => client.CreateAsync(new string('x', MaxBytes - 1)))
        ).Field.ShouldBe("params");
        host.Store.Writes.ShouldBe(0);

        var instance = await client.CreateAsync(new string('x', MaxBytes - 2));
        (await instance.DescribeAsync()).ParamsJson.Length.ShouldBe(MaxBytes);
    }

    [Fact]
    public async Task Invariant_11_events_that_are_too_large_or_have_a_bad_type_are_refused()
    {
        var host = await StartAsync(Waiter());
        var instance = await host.Client<string, string>("script").CreateAsync("");
        await host.UntilStatusAsync(instance, InstanceStatus.Waiting);

        (
            await Should.ThrowAsync<InvalidInputException>(() =>
                instance.SendEventAsync("go", new string('x', MaxBytes - 1))
            )
        ).Field.ShouldBe("payload");
        foreach (var type in new[] { "", "a.b", "-a", "a b", new string('t', 101) })
        {
            (await Should.ThrowAsync<InvalidInputException>(() => instance.SendEventAsync(type, 1))).Field.ShouldBe(
                "type"
            );
        }

        (await instance.DescribeAsync()).PendingEvents.ShouldBeEmpty();
        await instance.SendEventAsync("go", new string('x', MaxBytes - 2));
        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe("1048574");
    }

    [Fact]
    public async Task Invariant_11_an_event_to_an_ended_instance_changes_nothing()
    {
        var host = await StartAsync(Waiter());
        var instance = await host.Client<string, string>("script").CreateAsync("");
        await instance.TerminateAsync();
        var before = await instance.StatusAsync();

        await Should.ThrowAsync<InstanceFinishedException>(() => instance.SendEventAsync("go", "late"));

        (await instance.StatusAsync()).ShouldBe(before);
        (await host.Store.FindAsync(instance.Key))!.LastEvent.ShouldBe(0);
        (await instance.DescribeAsync()).PendingEvents.ShouldBeEmpty();
    }

    [Fact]
    public async Task Invariant_11_what_an_instance_returns_is_at_most_1_MiB()
    {
        var host = await StartAsync(
            new Script((_, trigger, _) => Task.FromResult(new string('x', int.Parse(trigger.Payload))))
        );
        var client = host.Client<string, string>("script");

        (await TestHost.InTimeAsync(client.RunAsync($"{MaxBytes - 2}"))).Length.ShouldBe(MaxBytes - 2);
        var large = await client.CreateAsync($"{MaxBytes - 1}");

        (await TestHost.InTimeAsync(host.Engine.WaitAsync(large.Key))).Error.ShouldBe(
            new InstanceError("NonRetryableError", "Instance output is too large. Maximum allowed size is 1MiB.")
        );
    }

    [Fact]
    public async Task Invariant_11_times_that_are_out_of_range_are_refused_where_they_are_asked_for()
    {
        var fields = new List<string>();
        var host = await StartAsync(
            new Script(
                async (step, _) =>
                {
                    Func<Task>[] refused =
                    [
                        () => step.SleepAsync("s", TimeSpan.FromMilliseconds(-1)),
                        () => step.SleepAsync("s", TimeSpan.FromDays(366)),
                        () => step.SleepUntilAsync("s", DateTimeOffset.MaxValue),
                        () => step.WaitForEventAsync<int>("w", "n", new() { Timeout = TimeSpan.FromMilliseconds(999) }),
                        () => step.WaitForEventAsync<int>("w", "n", new() { Timeout = TimeSpan.FromDays(366) }),
                        () => step.WaitForEventAsync<int>("w", "not a type"),
                    ];
                    foreach (var ask in refused)
                    {
                        fields.Add((await Should.ThrowAsync<InvalidInputException>(ask)).Field);
                    }

                    return "went on";
                }
            )
        );
        var instance = await host.Client<string, string>("script").CreateAsync("");

        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe("went on");

        fields.ShouldBe(["duration", "duration", "time", "options.Timeout", "options.Timeout", "type"]);
        (await host.Store.ReadAsync(instance.Key))!.Journal.ShouldBeEmpty();
    }

    [Fact]
    public async Task Invariant_11_an_unknown_workflow_is_refused_and_a_cursor_of_another_tenant_too()
    {
        var host = await StartAsync(Waiter());

        await Should.ThrowAsync<WorkflowNotFoundException>(() => host.Engine.CreateAsync(new(new("nope", "i-1"))));
        await Should.ThrowAsync<WorkflowNotFoundException>(() =>
            host.Engine.CreateBatchAsync([new(new("script", "a")), new(new("nope", "b"))])
        );
        (
            await Should.ThrowAsync<InvalidInputException>(() =>
                host.Engine.ListAsync(new() { After = new(host.Time.GetUtcNow(), new("other", "script", "a")) })
            )
        ).Field.ShouldBe("cursor");
        foreach (var limit in new[] { 0, -1, InstanceQuery.MaxLimit + 1 })
        {
            (
                await Should.ThrowAsync<InvalidInputException>(() => host.Engine.ListAsync(new() { Limit = limit }))
            ).Field.ShouldBe("limit");
        }

        host.Store.Writes.ShouldBe(0);
    }

    private static Script Waiter() =>
        new(async (step, _) => $"{(await step.WaitForEventAsync<string>("go")).Payload.Length}");
}
