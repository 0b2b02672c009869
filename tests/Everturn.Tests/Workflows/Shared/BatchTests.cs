using Everturn.Workflows;

namespace Everturn.Tests.Workflows;

/// <summary>Creating and deleting, one by one and in batches. Run for every store.</summary>
public abstract class BatchTests(Func<IStoreUnderTest> open) : EngineTests(open)
{
    [Fact]
    public async Task WF_01_WF_02_an_instance_gets_its_payload_its_id_and_its_workflows_name()
    {
        var host = await StartAsync(
            new Script(
                (_, trigger, _) => Task.FromResult($"{trigger.Payload} {trigger.InstanceId} {trigger.WorkflowName}")
            )
        );

        (await TestHost.InTimeAsync(host.Client<string, string>("script").RunAsync("p", "i-1"))).ShouldBe(
            "p i-1 script"
        );
    }

    [Fact]
    public async Task WF_03_an_instance_without_an_id_gets_a_new_one()
    {
        var host = await StartAsync(Echo());
        var client = host.Client<string, string>("script");

        var ids = new HashSet<string>();
        for (var i = 0; i < 50; i++)
        {
            ids.Add((await client.CreateAsync("")).Id);
        }

        (ids.Count, ids.Contains("")).ShouldBe((50, false));
    }

    [Fact]
    public async Task WF_05_get_of_an_unknown_id_says_so()
    {
        var host = await StartAsync(Echo());

        (
            await Should.ThrowAsync<InstanceNotFoundException>(() =>
                host.Client<string, string>("script").GetAsync("nobody")
            )
        ).Message.ShouldContain("instance.not_found");
    }

    [Fact]
    public async Task WF_06_WF_10_a_batch_creates_in_order_and_leaves_out_what_exists_or_repeats()
    {
        var host = await StartAsync(Echo());
        var client = host.Client<string, string>("script");
        await TestHost.InTimeAsync(client.RunAsync("old", "b"));

        var created = await client.CreateBatchAsync([
            new("1", "c"),
            new("2", "b"),
            new("3", "a"),
            new("4", "c"),
            new("5"),
        ]);

        created.Select(instance => instance.Id).Take(2).ShouldBe(["c", "a"]);
        created.Count.ShouldBe(3);
        var results = await Task.WhenAll(
            created.Select(instance => TestHost.InTimeAsync(instance.ResultAsync<string>()))
        );
        results.ShouldBe(["1", "3", "5"]);
        (await (await client.GetAsync("b")).ResultAsync<string>()).ShouldBe("old");
    }

    [Fact]
    public async Task WF_07_WF_11_a_batch_that_is_empty_too_large_or_has_a_bad_id_creates_nothing()
    {
        var host = await StartAsync(Echo());
        var client = host.Client<string, string>("script");

        (await Should.ThrowAsync<InvalidInputException>(() => client.CreateBatchAsync([]))).Message.ShouldContain(
            "batchCreate should have at least 1 instance"
        );
        (
            await Should.ThrowAsync<InvalidInputException>(() =>
                client.CreateBatchAsync([.. Enumerable.Range(0, 101).Select(_ => new WorkflowBatchItem<string>(""))])
            )
        ).Message.ShouldContain("batchCreate only supports 100 instances at a time");
        await Should.ThrowAsync<InvalidInputException>(() => client.CreateBatchAsync([new("", "good"), new("", "#")]));
        await Should.ThrowAsync<InvalidInputException>(() =>
            client.CreateBatchAsync([new(new string('x', 600_000)), new(new string('x', 600_000))])
        );
        await Should.ThrowAsync<WorkflowNotFoundException>(() =>
            host.Engine.CreateBatchAsync([new(new("script", "good")), new(new("nope", "good"))])
        );

        (await client.ListAsync()).Instances.ShouldBeEmpty();
    }

    [Fact]
    public async Task WF_09_of_20_concurrent_creates_of_one_id_exactly_one_is_accepted_and_runs_once()
    {
        var script = new Script((_, script) => Task.FromResult($"{script.Count("body")}"));
        var host = await StartAsync(script);
        var client = host.Client<string, string>("script");

        var results = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        try
                        {
                            await client.CreateAsync("", "i-1");
                            return true;
                        }
                        catch (InstanceAlreadyExistsException)
                        {
                            return false;
                        }
                    })
                )
        );

        results.Count(accepted => accepted).ShouldBe(1);
        await TestHost.InTimeAsync((await client.GetAsync("i-1")).ResultAsync<string>());
        script["body"].ShouldBe(1);
    }

    [Fact]
    public async Task WF_13_a_deleted_instance_is_gone_and_its_id_can_be_used_again()
    {
        var host = await StartAsync(Echo());
        var client = host.Client<string, string>("script");
        await TestHost.InTimeAsync(client.RunAsync("one", "i-1"));

        await (await client.GetAsync("i-1")).DeleteAsync();

        await Should.ThrowAsync<InstanceNotFoundException>(() => client.GetAsync("i-1"));
        (await TestHost.InTimeAsync(client.RunAsync("two", "i-1"))).ShouldBe("two");
    }

    [Fact]
    public async Task WF_14_what_comes_after_an_instance_deleted_itself_does_not_run()
    {
        TestHost? host = null;
        var script = new Script(
            async (step, script) =>
            {
                await step.DoAsync(
                    "delete",
                    async _ =>
                    {
                        await host!.Engine.DeleteAsync(new("script", "i-1"), CancellationToken.None);
                        script.Count("after");
                    }
                );
                script.Count("after");
                return "";
            }
        );
        host = await StartAsync(script);
        await host.Client<string, string>("script").CreateAsync("", "i-1");

        await TestHost.UntilAsync(
            async () => await host.Store.FindAsync(new("script", "i-1")) is null,
            "the instance to be gone"
        );

        script["after"].ShouldBe(0);
    }

    [Fact]
    public async Task WF_15_WF_16_a_batch_of_deletions_has_an_entry_for_each_position()
    {
        var host = await StartAsync(Echo());
        var client = host.Client<string, string>("script");
        await TestHost.InTimeAsync(client.RunAsync("", "a"));
        await TestHost.InTimeAsync(client.RunAsync("", "b"));

        foreach (
            var (ids, message) in new (string[], string)[]
            {
                ([], "batchDeleteInstances should have at least 1 instance"),
                ([.. Enumerable.Repeat("a", 101)], "batchDeleteInstances only supports 100 instances at a time"),
                (["a", "in\nvalid"], "invalid id"),
            }
        )
        {
            (await Should.ThrowAsync<InvalidInputException>(() => client.DeleteBatchAsync(ids))).Message.ShouldContain(
                message
            );
        }

        var result = await client.DeleteBatchAsync(["a", "nobody", "a", "b"]);

        result.Deleted.ShouldBe(["a", "a", "b"]);
        result.Errors.ShouldBe([DeleteError.NotFound("nobody")]);
        result.Errors[0].Code.ShouldBe(10400);
    }

    [Fact]
    public async Task WF_12_two_workflows_may_have_instances_of_one_id()
    {
        var host = await StartAsync(
            Echo(),
            configure: builder => builder.AddWorkflow<ScriptedWorkflow>().AddWorkflow<OtherWorkflow>()
        );

        (await TestHost.InTimeAsync(host.Client<string, string>("script").RunAsync("one", "same"))).ShouldBe("one");
        (await TestHost.InTimeAsync(host.Client<string, string>("other").RunAsync("two", "same"))).ShouldBe(
            "other two"
        );

        await host.Engine.DeleteAsync(new("other", "same"));
        (await host.Engine.GetAsync(new("script", "same"))).Output<string>().ShouldBe("one");
    }

    [Fact]
    public async Task WF_17_a_deletion_that_fails_inside_is_reported_without_its_cause()
    {
        var host = await StartAsync(Echo());
        var client = host.Client<string, string>("script");
        await TestHost.InTimeAsync(client.RunAsync("", "a"));
        host.Store.DeleteFailure = new StoreUnavailableException("/secret/path is full");

        var result = await client.DeleteBatchAsync(["a", "nobody"]);

        result.Deleted.ShouldBeEmpty();
        result.Errors.ShouldBe([
            new DeleteError("a", 10001, "workflows.api.error.internal_server"),
            DeleteError.NotFound("nobody"),
        ]);
        (await client.GetAsync("a")).Id.ShouldBe("a");
    }

    [Fact]
    public async Task WF_19_an_instance_runs_although_its_creator_went_away_at_once()
    {
        var host = await StartAsync(Echo());
        using (var request = new CancellationTokenSource())
        {
            await host.Client<string, string>("script").CreateAsync("ran", "i-1", cancellationToken: request.Token);
            await request.CancelAsync();
        }

        (await TestHost.InTimeAsync(host.Engine.WaitAsync(new("script", "i-1")))).Output<string>().ShouldBe("ran");
    }

    private static Script Echo() => new((_, trigger, _) => Task.FromResult(trigger.Payload));
}
