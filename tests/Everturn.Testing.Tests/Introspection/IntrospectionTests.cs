using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Testing.Tests.Introspection;

/// <summary>Waiting for what instances do, and capturing those that others create (IN-03, IN-04).</summary>
public sealed class IntrospectionTests : WorkflowKitTests
{
    [Fact]
    public async Task IN_03_Instances_that_code_under_test_creates_are_captured_before_they_run()
    {
        var script = new Script((step, script) => step.DoAsync("charge", _ => script.DoAsync("charge")));
        await using var host = await StartAsync(script);
        await CreateAsync(host, "before");
        await using var all = host.IntrospectAll("scripted", m => m.MockStepResult("charge", "mocked"));
        var client = host.Services.GetRequiredService<IWorkflowClient<string, string>>();

        await client.CreateAsync("", "one", cancellationToken: Token);
        await client.CreateBatchAsync([new("", "two"), new("", "one"), new("", "three")], Token);

        await all.WaitForInstanceAsync(3, Token);
        all.Instances.Select(instance => instance.Id).ShouldBe(["one", "two", "three"]);
        foreach (var instance in all.Instances)
        {
            await instance.WaitForStatusAsync(InstanceStatus.Complete, Token);
            (await instance.GetOutputAsync<string>(Token)).ShouldBe("mocked");
        }
    }

    [Fact]
    public async Task IN_03_A_second_session_for_a_workflow_is_refused_until_the_first_is_over()
    {
        await using var host = await StartAsync(new Script((_, _) => Task.FromResult("")));
        var first = host.IntrospectAll("scripted");
        await CreateAsync(host, "captured");

        Should
            .Throw<InvalidOperationException>(() => host.IntrospectAll("scripted"))
            .Message.ShouldBe("Workflow \"scripted\" already has an active introspection session.");
        await first.DisposeAsync();
        await using var second = host.IntrospectAll("scripted");

        await Should.ThrowAsync<InstanceNotFoundException>(() => first.Instances[0].DescribeAsync(Token));
        second.Instances.ShouldBeEmpty();
    }

    [Fact]
    public async Task Children_and_their_steps_are_captured_too()
    {
        var script = new Script(async (step, _) => await step.RunChildAsync<string, string>("help", "child", "x"));
        await using var host = await WorkflowTestHost.StartAsync(
            e => e.AddWorkflow<ScriptedWorkflow>().AddWorkflow<ChildWorkflow>().Services.AddSingleton(script),
            cancellationToken: Token
        );
        await using var children = host.IntrospectAll("child", m => m.MockStepResult("work", "mocked work"));

        (await host.RunAsync<string, string>("scripted", "", cancellationToken: Token)).ShouldBe("mocked work");

        var child = await children.WaitForInstanceAsync(cancellationToken: Token);
        (await child.WaitForStepResultAsync<string>("work", cancellationToken: Token)).ShouldBe("mocked work");
    }

    [Fact]
    public async Task IN_04_A_status_that_cannot_come_any_more_is_refused_with_both_names()
    {
        await using var host = await StartAsync(new Script((_, _) => throw new InvalidOperationException("broken")));
        await using var instance = await host.IntrospectAsync("scripted", "i", cancellationToken: Token);
        var waiting = instance.WaitForStatusAsync(InstanceStatus.Complete, Token);
        var step = instance.WaitForStepAsync("never", cancellationToken: Token);

        await CreateAsync(host);

        (await Should.ThrowAsync<InvalidOperationException>(() => waiting)).Message.ShouldBe(
            "Waited for instance scripted/i to be complete, but it is errored: InvalidOperationException: broken"
        );
        await Should.ThrowAsync<InvalidOperationException>(() => step);
        (
            await Should.ThrowAsync<InvalidOperationException>(() => instance.GetOutputAsync<string>(Token))
        ).Message.ShouldBe("Instance scripted/i is errored, not complete.");
        await instance.WaitForStatusAsync(InstanceStatus.Queued, Token);
    }

    [Fact]
    public async Task Two_waits_for_one_step_both_end()
    {
        var script = new Script(async (step, _) => (await step.WaitForEventAsync<string>("go")).Payload);
        await using var host = await StartAsync(script);
        await using var instance = await host.IntrospectAsync("scripted", "i", cancellationToken: Token);
        var one = instance.WaitForStepResultAsync<string>("go", cancellationToken: Token);
        var other = instance.WaitForStepResultAsync<string>("go", cancellationToken: Token);

        await CreateAsync(host);
        await instance.Instance.SendEventAsync("go", "now", Token);

        (await Task.WhenAll(one, other)).ShouldBe(["now", "now"]);
    }

    [Fact]
    public async Task A_sensitive_result_is_kept_from_introspection_and_used_by_the_workflow()
    {
        var script = new Script(
            (step, _) => step.DoAsync("secret", new StepOptions { Sensitive = true }, _ => Task.FromResult("1234"))
        );
        await using var host = await StartAsync(script);
        await using var instance = await host.IntrospectAsync("scripted", "i", cancellationToken: Token);

        (await host.RunAsync<string, string>("scripted", "", "i", Token)).ShouldBe("1234");

        (
            await Should.ThrowAsync<InvalidOperationException>(() =>
                instance.WaitForStepResultAsync<string>("secret", cancellationToken: Token)
            )
        ).Message.ShouldContain("sensitive");
    }

    [Fact]
    public async Task A_wait_in_vain_says_what_the_instance_does_instead()
    {
        var script = new Script(async (step, _) => (await step.WaitForEventAsync<string>("go")).Payload);
        await using var host = await StartAsync(script);
        await using var instance = await host.IntrospectAsync("scripted", "i", cancellationToken: Token);
        var created = await CreateAsync(host);
        await created.PauseAsync(Token);
        await instance.WaitForStatusAsync(InstanceStatus.Paused, Token);
        host.Patience = TimeSpan.FromMilliseconds(1);

        var vain = await Should.ThrowAsync<TimeoutException>(() =>
            instance.WaitForStatusAsync(InstanceStatus.Complete, Token)
        );
        vain.Message.ShouldStartWith("Waited in vain for instance scripted/i to be complete. It is paused");

        (
            await Should.ThrowAsync<InvalidOperationException>(() => instance.RunToEndAsync(Token))
        ).Message.ShouldStartWith("Nothing but the test can let instance scripted/i go on");
    }
}
