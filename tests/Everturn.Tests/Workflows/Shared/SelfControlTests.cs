using Everturn.Workflows;

namespace Everturn.Tests.Workflows;

/// <summary>An instance that puts an end to itself. Run for every store.</summary>
public abstract class SelfControlTests(Func<IStoreUnderTest> open) : EngineTests(open)
{
    public static TheoryData<string, string> Controls
    {
        get
        {
            var controls = new TheoryData<string, string>();
            foreach (var control in new[] { "terminate", "rollback", "restart", "delete", "delete batch" })
            {
                controls.Add(control, "body");
                controls.Add(control, "step");
            }

            return controls;
        }
    }

    /// <summary>The code under test even catches that it was stopped, and asks for another step.</summary>
    [Theory]
    [MemberData(nameof(Controls))]
    public async Task WF_14_an_instance_that_ends_or_restarts_itself_stops_at_once(string control, string where)
    {
        TestHost? host = null;
        var told = new Gate();
        Script? script = null;
        script = new Script(
            async (step, _, token) =>
            {
                var isFirst = script!.Count("body") == 1;
                var before = await step.DoAsync("before", Undo(script), _ => Task.FromResult(script.Count("before")));
                if (!isFirst)
                {
                    return $"again {before}";
                }

                if (where == "body")
                {
                    await ControlAsync(host!, control, script, told, token);
                }
                else
                {
                    await step.DoAsync("own end", ct => ControlAsync(host!, control, script, told, ct));
                }

                await step.DoAsync("next", _ => Task.FromResult(script.Count("next")));
                return $"went on {script.Count("went on")}";
            }
        );
        host = await StartAsync(script);
        var key = new InstanceKey("script", "i-1");
        await host.Client<string, string>("script").CreateAsync("", key.Id);

        await told.Reached;
        var ended = control.StartsWith("delete", StringComparison.Ordinal)
            ? null
            : await TestHost.InTimeAsync(host.Engine.WaitAsync(key));
        var history = await host.Store.ReadAsync(key);
        await host.StopAsync();

        (script["returned"], script["next"], script["went on"]).ShouldBe((0, 0, 0));
        script["token cancelled"].ShouldBe(1);
        script["undone"].ShouldBe(control == "rollback" ? 1 : 0);
        if (ended is null)
        {
            history.ShouldBeNull();
            return;
        }

        ended.Status.ShouldBe(control == "restart" ? InstanceStatus.Complete : InstanceStatus.Terminated);
        history!.Journal.ShouldNotContain(record => record.Key.Name == "own end" || record.Key.Name == "next");
        if (control == "restart")
        {
            ended.Output<string>().ShouldBe("again 2");
        }
    }

    [Fact]
    public async Task One_instance_may_end_another_and_goes_on()
    {
        TestHost? host = null;
        var script = new Script(
            async (step, trigger, _) =>
            {
                if (trigger.Payload == "sleep")
                {
                    await step.SleepAsync("long", TimeSpan.FromDays(1));
                }

                await step.DoAsync(
                    "end the other",
                    ct => host!.Engine.TerminateAsync(new("script", "other"), null, ct)
                );
                return "went on";
            }
        );
        host = await StartAsync(script);
        var client = host.Client<string, string>("script");
        var other = await client.CreateAsync("sleep", "other");
        await host.UntilStatusAsync(other, InstanceStatus.Waiting);

        (await TestHost.InTimeAsync(client.RunAsync("", "one"))).ShouldBe("went on");

        (await other.StatusAsync()).Status.ShouldBe(InstanceStatus.Terminated);
    }

    private static StepOptions Undo(Script script) =>
        new()
        {
            Rollback = new(
                (_, _) =>
                {
                    script.Count("undone");
                    return Task.CompletedTask;
                }
            ),
        };

    private static async Task ControlAsync(
        TestHost host,
        string control,
        Script script,
        Gate told,
        CancellationToken cancellationToken
    )
    {
        var key = new InstanceKey("script", "i-1");
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cancellationToken.Register(cancelled.SetResult);
        try
        {
            await (
                control switch
                {
                    "terminate" => host.Engine.TerminateAsync(key, null, cancellationToken),
                    "rollback" => host.Engine.TerminateAsync(key, new() { Rollback = true }, cancellationToken),
                    "restart" => host.Engine.RestartAsync(key, null, cancellationToken),
                    "delete" => host.Engine.DeleteAsync(key, cancellationToken),
                    _ => host.Engine.DeleteBatchAsync(key.Workflow, ["nobody", key.Id], "", cancellationToken),
                }
            );
            script.Count("returned");
        }
        catch (OperationCanceledException)
        {
            await TestHost.InTimeAsync(cancelled.Task);
            script.Count("token cancelled");
            _ = told.PassAsync();
        }
    }
}
