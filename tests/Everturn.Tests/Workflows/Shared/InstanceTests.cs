using Everturn.Workflows;
using Everturn.Workflows.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Tests.Workflows;

/// <summary>Creating, listing and ending instances. Run for every store.</summary>
public abstract class InstanceTests(Func<IStoreUnderTest> open) : EngineTests(open)
{
    [Fact]
    public async Task WF_09_of_20_concurrent_creates_with_one_token_all_get_the_one_instance()
    {
        var host = await StartAsync(Once());
        var client = host.Client<string, string>("script");

        var created = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => Task.Run(() => client.CreateAsync("", "i-1", "token")))
        );

        await TestHost.InTimeAsync(created[0].ResultAsync<string>());
        created.Select(instance => instance.Id).Distinct().ShouldBe(["i-1"]);
        host.Services.GetRequiredService<Script>()["body"].ShouldBe(1);
    }

    [Fact]
    public async Task WF_08_a_used_id_is_refused_while_it_runs_and_after_it_ended_until_it_is_deleted()
    {
        var host = await StartAsync(Once());
        var client = host.Client<string, string>("script");
        var first = await client.CreateAsync("", "i-1", "token");

        await Should.ThrowAsync<InstanceAlreadyExistsException>(() => client.CreateAsync("", "i-1"));
        await TestHost.InTimeAsync(first.ResultAsync<string>());
        (
            await Should.ThrowAsync<InstanceAlreadyExistsException>(() => client.CreateAsync("", "i-1", "other"))
        ).Message.ShouldBe("(instance.already_exists) Workflow instance with id \"i-1\" already exists");
        await first.DeleteAsync();
        await Should.ThrowAsync<InstanceNotFoundException>(() => client.GetAsync("i-1"));

        await TestHost.InTimeAsync(client.RunAsync("", "i-1"));
    }

    [Theory]
    [InlineData("#invalid!")]
    [InlineData("")]
    [InlineData("-x")]
    [InlineData(
        "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789x"
    )]
    public async Task WF_04_an_invalid_id_changes_nothing(string id)
    {
        var host = await StartAsync(Once());

        await Should.ThrowAsync<InvalidInputException>(() => host.Client<string, string>("script").CreateAsync("", id));

        host.Store.Writes.ShouldBe(0);
    }

    [Fact]
    public async Task Creating_an_instance_of_a_workflow_without_code_is_refused()
    {
        var host = await StartAsync(Once());

        await Should.ThrowAsync<WorkflowNotFoundException>(() => host.Client<string, string>("nope").CreateAsync(""));
    }

    [Fact]
    public async Task LC_09_terminate_ends_a_waiting_and_a_running_instance_and_refuses_an_ended_one()
    {
        var started = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        var host = await StartAsync(
            new Script(
                async (step, trigger, _) =>
                {
                    if (trigger.Payload == "wait")
                    {
                        await step.SleepAsync("long", "1 week");
                    }

                    return await step.DoAsync<string>(
                        "run",
                        async token =>
                        {
                            using var registration = token.Register(() => cancelled.SetResult());
                            started.SetResult();
                            await cancelled.Task;
                            return "ignored";
                        }
                    );
                }
            )
        );
        var client = host.Client<string, string>("script");
        var waiting = await client.CreateAsync("wait");
        var running = await client.CreateAsync("run");
        await host.UntilStatusAsync(waiting, InstanceStatus.Waiting);
        await TestHost.InTimeAsync(started.Task);

        await waiting.TerminateAsync();
        await running.TerminateAsync();

        await TestHost.InTimeAsync(cancelled.Task);
        foreach (var instance in new[] { waiting, running })
        {
            (await instance.StatusAsync()).Status.ShouldBe(InstanceStatus.Terminated);
            await Should.ThrowAsync<InstanceFailedException>(() =>
                TestHost.InTimeAsync(instance.ResultAsync<string>())
            );
            (await Should.ThrowAsync<InstanceFinishedException>(() => instance.TerminateAsync())).Message.ShouldBe(
                StoreMessages.CannotTerminate
            );
        }
    }

    [Fact]
    public async Task Instances_are_listed_newest_first_page_by_page()
    {
        var host = await StartAsync(Once());
        var client = host.Client<string, string>("script");
        for (var i = 0; i < 5; i++)
        {
            await TestHost.InTimeAsync(client.RunAsync("", $"i-{i}"));
            host.Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        var listed = new List<string>();
        InstanceCursor? after = null;
        do
        {
            var page = await host.Engine.ListAsync(new() { Limit = 2, After = after });
            listed.AddRange(page.Instances.Select(instance => instance.Key.Id));
            after = page.Next is { } next ? InstanceCursor.Parse(next.ToString()) : null;
        } while (after is not null);

        listed.ShouldBe(["i-4", "i-3", "i-2", "i-1", "i-0"]);
        await Should.ThrowAsync<InvalidInputException>(() => host.Engine.ListAsync(new() { Limit = 0 }));
        Should.Throw<InvalidInputException>(() => InstanceCursor.Parse("?"));
    }

    private static Script Once() =>
        new(
            (step, script) =>
            {
                script.Count("body");
                return step.DoAsync("only", _ => Task.FromResult("x"));
            }
        );
}
