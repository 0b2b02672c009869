using System.Text.Json;
using Everturn.Approvals;
using Everturn.Testing.Introspection;
using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Testing.Tests.Introspection;

/// <summary>Mocked steps, events and children, and delays that are left out (IN-01, IN-02, IN-05 of the spec).</summary>
public sealed class ModifierTests : WorkflowKitTests
{
    private static Script Asks() =>
        new(
            async (step, _) =>
            {
                var options = new ApprovalOptions { AnswerWithin = TimeSpan.FromDays(2) };
                var first = await step.RequestApprovalAsync("refund", new Refund(40), options);
                var second = await step.RequestApprovalAsync("refund", new Refund(40), options);
                return $"{first.Status} {first.Arguments.Amount}, {second.Status} {second.Arguments.Amount}";
            }
        );

    private sealed record Refund(int Amount);

    private static Script OneStep { get; } =
        new((step, script) => step.DoAsync("charge", _ => script.DoAsync("charge")));

    [Fact]
    public async Task IN_01_A_mocked_result_takes_the_place_of_the_callback()
    {
        var script = new Script((step, script) => step.DoAsync("charge", _ => script.DoAsync("charge")));
        await using var host = await StartAsync(script);
        await using var instance = await host.IntrospectAsync(
            "scripted",
            "i",
            m => m.MockStepResult("charge", "mocked"),
            Token
        );

        (await host.RunAsync<string, string>("scripted", "", "i", Token)).ShouldBe("mocked");

        script["charge"].ShouldBe(0);
        (await instance.WaitForStepResultAsync<string>("charge", cancellationToken: Token)).ShouldBe("mocked");
    }

    [Fact]
    public async Task IN_01_Mocked_errors_and_timeouts_stack_in_order_before_a_result()
    {
        await using var host = await StartAsync(OneStep);
        await using var instance = await host.IntrospectAsync(
            "scripted",
            "i",
            m =>
                m.MockStepError("charge", new HttpRequestException("down"), times: 2)
                    .ForceStepTimeout("charge", times: 1)
                    .MockStepResult("charge", "at last"),
            Token
        );

        (await host.RunAsync<string, string>("scripted", "", "i", Token)).ShouldBe("at last");

        var attempts = (await instance.WaitForStepAsync("charge", cancellationToken: Token)).Attempts;
        attempts
            .Select(attempt => attempt.Error?.Name)
            .ShouldBe(["HttpRequestException", "HttpRequestException", WorkflowTimeoutException.StoredName, null]);
        attempts[2].Error!.Message.ShouldBe("Execution timed out after 600000ms");
        attempts.Take(3).Select(attempt => attempt.RetryDelay!.Value.TotalSeconds).ShouldBe([10d, 20, 40]);
    }

    [Fact]
    public async Task IN_01_An_error_without_a_number_is_that_of_every_attempt()
    {
        await using var host = await StartAsync(OneStep);
        await using var instance = await host.IntrospectAsync(
            "scripted",
            "i",
            m => m.MockStepError("charge", new InvalidOperationException("never")),
            Token
        );

        var failure = await Should.ThrowAsync<InstanceFailedException>(() =>
            host.RunAsync<string, string>("scripted", "", "i", Token)
        );

        failure.Error.ShouldBe(new InstanceError("InvalidOperationException", "never"));
        (await instance.GetErrorAsync(Token)).Message.ShouldBe("never");
        (await instance.WaitForStepAsync("charge", cancellationToken: Token)).Attempts.Count.ShouldBe(6);
        await Should.ThrowAsync<StepFailedException>(() =>
            instance.WaitForStepResultAsync<string>("charge", cancellationToken: Token)
        );
    }

    [Fact]
    public async Task A_non_retryable_error_ends_the_step_at_once()
    {
        await using var host = await StartAsync(OneStep);
        await using var instance = await host.IntrospectAsync(
            "scripted",
            "i",
            m => m.MockStepError("charge", new NonRetryableException("declined")),
            Token
        );

        await Should.ThrowAsync<InstanceFailedException>(() =>
            host.RunAsync<string, string>("scripted", "", "i", Token)
        );

        (await instance.WaitForStepAsync("charge", cancellationToken: Token)).Attempts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task IN_01_A_mocked_event_is_there_when_the_wait_is_reached_and_again_after_a_restart()
    {
        var script = new Script(
            async (step, _) =>
            {
                var first = await step.WaitForEventAsync<string>("first", "signed");
                var second = await step.WaitForEventAsync<string>("second", "signed");
                return $"{first.Payload} {second.Payload}";
            }
        );
        await using var host = await StartAsync(script);
        await using var instance = await host.IntrospectAsync(
            "scripted",
            "i",
            m => m.MockEvent("signed", "Ada").MockEvent("signed", "Bo"),
            Token
        );
        await CreateAsync(host);
        await instance.WaitForStatusAsync(InstanceStatus.Complete, Token);
        (await instance.GetOutputAsync<string>(Token)).ShouldBe("Ada Bo");

        await instance.Instance.RestartAsync(cancellationToken: Token);
        await instance.WaitForStepResultAsync<string>("second", cancellationToken: Token);
        (await instance.RunToEndAsync(Token)).Output<string>().ShouldBe("Ada Bo");

        await instance.Instance.RestartAsync(new() { From = new("second", Kind: StepKind.WaitForEvent) }, Token);
        (await instance.RunToEndAsync(Token)).Output<string>().ShouldBe("Ada Bo");
        host.Time.GetUtcNow().ShouldBe(new VirtualTimeProvider().GetUtcNow());
    }

    [Fact]
    public async Task A_request_for_an_approval_is_answered_as_mocked_and_again_after_a_restart()
    {
        await using var host = await StartAsync(Asks());
        await using var instance = await host.IntrospectAsync(
            "scripted",
            "i",
            m =>
                m.MockAnswer("refund", ToolAnswer.Approve(JsonElement.Parse("""{"amount":25}""")), index: 2)
                    .MockAnswer("refund", ToolAnswer.Deny("no")),
            Token
        );

        (await host.RunAsync<string, string>("scripted", "", "i", Token)).ShouldBe("denied 40, approved 25");
        var approvals = host.Services.GetRequiredService<IApprovals>();
        (await approvals.ListAsync(new(), Token)).Items.ShouldBeEmpty();
        await instance.Instance.RestartAsync(cancellationToken: Token);
        (await instance.RunToEndAsync(Token)).Output<string>().ShouldBe("denied 40, approved 25");
    }

    [Fact]
    public async Task A_request_is_answered_by_the_test_or_expires_when_the_clock_moves()
    {
        await using var host = await StartAsync(Asks());
        await using var instance = await host.IntrospectAsync("scripted", "i", cancellationToken: Token);
        await CreateAsync(host);
        await instance.WaitForStatusAsync(InstanceStatus.Waiting, Token);
        var approvals = host.Services.GetRequiredService<IApprovals>();
        var asked = (await approvals.ListAsync(new(), Token)).Items.ShouldHaveSingleItem();

        await approvals.AnswerAsync(asked.ApprovalId, ToolAnswer.Approve(), cancellationToken: Token);
        (await instance.RunToEndAsync(Token)).Output<string>().ShouldBe("approved 40, expired 40");

        host.Time.GetUtcNow().ShouldBe(new VirtualTimeProvider().GetUtcNow() + TimeSpan.FromDays(2));
        (await instance.CheckDeterminismAsync(Token)).IsDeterministic.ShouldBeTrue();
    }

    [Fact]
    public async Task An_event_that_is_mocked_later_reaches_an_instance_that_waits_already()
    {
        var script = new Script(async (step, _) => (await step.WaitForEventAsync<string>("signed")).Payload);
        await using var host = await StartAsync(script);
        await using var instance = await host.IntrospectAsync("scripted", "i", cancellationToken: Token);
        await CreateAsync(host);
        await instance.WaitForStatusAsync(InstanceStatus.Waiting, Token);

        await instance.ModifyAsync(m => m.MockEvent("signed", "Ada"), Token);

        await instance.WaitForStatusAsync(InstanceStatus.Complete, Token);
        (await instance.GetOutputAsync<string>(Token)).ShouldBe("Ada");
    }

    [Fact]
    public async Task IN_01_A_forced_timeout_of_a_wait_comes_at_once_and_leaves_the_event()
    {
        var script = new Script(
            async (step, _) =>
            {
                try
                {
                    await step.WaitForEventAsync<string>("approval", "answer");
                    return "in time";
                }
                catch (WorkflowTimeoutException timeout)
                {
                    return $"{timeout.Message}, then {(await step.WaitForEventAsync<string>("late", "answer")).Payload}";
                }
            }
        );
        await using var host = await StartAsync(script);
        await using var instance = await host.IntrospectAsync(
            "scripted",
            "i",
            m => m.ForceEventTimeout("approval").MockEvent("answer", "yes"),
            Token
        );
        await CreateAsync(host);

        await instance.WaitForStatusAsync(InstanceStatus.Complete, Token);

        (await instance.GetOutputAsync<string>(Token)).ShouldBe("Execution timed out after 86400000ms, then yes");
    }

    [Fact]
    public async Task IN_02_Sleeps_are_left_out_all_or_by_name_and_call_while_the_clock_stands_still()
    {
        var script = new Script(
            async (step, _) =>
            {
                await step.SleepAsync("nap", TimeSpan.FromDays(1));
                await step.SleepUntilAsync("nap", new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
                await step.SleepAsync("night", TimeSpan.FromHours(8));
                return "awake";
            }
        );
        await using var host = await StartAsync(script);
        await using var all = await host.IntrospectAsync("scripted", "all", m => m.DisableSleeps(), Token);
        await CreateAsync(host, "all");
        await all.WaitForStatusAsync(InstanceStatus.Complete, Token);
        await using var some = await host.IntrospectAsync(
            "scripted",
            "some",
            m => m.DisableSleeps("nap", 2).DisableSleeps("night"),
            Token
        );
        await CreateAsync(host, "some");
        await some.WaitForStatusAsync(InstanceStatus.Waiting, Token);

        var steps = (await some.DescribeAsync(Token)).Steps;
        steps.ShouldHaveSingleItem().DueAt.ShouldBe(host.Time.GetUtcNow() + TimeSpan.FromDays(1));
        await host.AdvanceAsync(TimeSpan.FromDays(1), Token);

        await some.WaitForStatusAsync(InstanceStatus.Complete, Token);
        host.Time.GetUtcNow().ShouldBe(new VirtualTimeProvider().GetUtcNow() + TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task A_sleep_that_is_left_out_is_still_checked()
    {
        var script = new Script(
            async (step, _) =>
            {
                await step.SleepAsync("too long", TimeSpan.FromDays(366));
                return "";
            }
        );
        await using var host = await StartAsync(script);
        await using var instance = await host.IntrospectAsync("scripted", "i", m => m.DisableSleeps(), Token);
        await CreateAsync(host);

        await instance.WaitForStatusAsync(InstanceStatus.Errored, Token);

        (await instance.GetErrorAsync(Token)).Name.ShouldBe(nameof(InvalidInputException));
    }

    [Fact]
    public async Task IN_02_Retries_happen_without_their_delays()
    {
        var computed = 0;
        var options = new StepOptions
        {
            Retries = new()
            {
                Limit = 2,
                ComputeDelay = (_, _) =>
                {
                    computed++;
                    return ValueTask.FromResult<WorkflowSleepDuration>(TimeSpan.FromHours(1));
                },
            },
        };
        var script = new Script((step, script) => step.DoAsync("flaky", options, _ => script.DoAsync("flaky")));
        await using var host = await StartAsync(script);
        await using var instance = await host.IntrospectAsync(
            "scripted",
            "i",
            m => m.DisableRetryDelays("flaky").MockStepError("flaky", new HttpRequestException("no"), times: 2),
            Token
        );
        await CreateAsync(host);

        await instance.WaitForStatusAsync(InstanceStatus.Complete, Token);

        (await instance.WaitForStepAsync("flaky", cancellationToken: Token)).Attempts.Count.ShouldBe(3);
        (computed, script["flaky"]).ShouldBe((2, 1));
    }

    [Fact]
    public async Task A_call_with_a_number_goes_before_those_of_its_name()
    {
        var script = new Script(
            async (step, _) =>
            {
                var polls = new List<string>();
                for (var i = 0; i < 3; i++)
                {
                    polls.Add(await step.DoAsync("poll", _ => Task.FromResult("real")));
                }

                return string.Join(' ', polls);
            }
        );
        await using var host = await StartAsync(script);
        await using var instance = await host.IntrospectAsync(
            "scripted",
            "i",
            m => m.MockStepResult("poll", context => $"call{context.Count}").MockStepResult("poll", "second", index: 2),
            Token
        );

        (await host.RunAsync<string, string>("scripted", "", "i", Token)).ShouldBe("call1 second call3");
    }

    [Fact]
    public async Task A_streaming_step_is_mocked_with_pieces()
    {
        var script = new Script(
            async (step, script) =>
            {
                var stream = await step.StreamAsync("export", (_, _) => throw new InvalidOperationException("real"));
                return System.Text.Encoding.UTF8.GetString(await stream.ReadAllAsync());
            }
        );
        await using var host = await StartAsync(script);
        await using var instance = await host.IntrospectAsync(
            "scripted",
            "i",
            m => m.MockStepStream("export", ["one "u8.ToArray(), "two"u8.ToArray()]),
            Token
        );
        await using var wrong = await host.IntrospectAsync("scripted", "w", m => m.MockStepResult("export", 1), Token);

        (await host.RunAsync<string, string>("scripted", "", "i", Token)).ShouldBe("one two");
        (
            await Should.ThrowAsync<InstanceFailedException>(() =>
                host.RunAsync<string, string>("scripted", "", "w", Token)
            )
        ).Message.ShouldContain("MockStepStream");
    }

    [Fact]
    public async Task A_child_is_mocked_whose_workflow_is_not_there()
    {
        var script = new Script(
            async (step, _) =>
            {
                var good = await step.RunChildAsync<string, string>("good", "elsewhere", "x");
                try
                {
                    return await step.RunChildAsync<string, string>("bad", "elsewhere", "x");
                }
                catch (ChildFailedException failed)
                {
                    return $"{good}, {failed.ErrorName}: {failed.Message}";
                }
            }
        );
        await using var host = await StartAsync(script);
        await using var instance = await host.IntrospectAsync(
            "scripted",
            "i",
            m => m.MockChildResult("good", "done").MockChildError("bad", new TimeoutException("slow")),
            Token
        );

        (await host.RunAsync<string, string>("scripted", "", "i", Token)).ShouldBe("done, TimeoutException: slow");
    }

    [Fact]
    public async Task IN_05_Mocks_outlive_a_restart_and_a_crash_and_end_with_the_introspection()
    {
        await using var host = await StartAsync(OneStep);
        var instance = await host.IntrospectAsync("scripted", "i", m => m.MockStepResult("charge", "mocked"), Token);
        await host.RunAsync<string, string>("scripted", "", "i", Token);

        await instance.Instance.RestartAsync(cancellationToken: Token);
        (await instance.RunToEndAsync(Token)).Output<string>().ShouldBe("mocked");
        await host.CrashAsync();
        await instance.Instance.RestartAsync(cancellationToken: Token);
        (await instance.RunToEndAsync(Token)).Output<string>().ShouldBe("mocked");
        await instance.DisposeAsync();

        await Should.ThrowAsync<InstanceNotFoundException>(() => instance.DescribeAsync(Token));
        (await host.RunAsync<string, string>("scripted", "", "i", Token)).ShouldBe("real charge");
    }

    [Fact]
    public async Task Changes_that_contradict_each_other_or_make_no_sense_are_refused()
    {
        await using var host = await StartAsync(OneStep);
        await using var instance = await host.IntrospectAsync("scripted", "i", m => m.MockStepResult("a", 1), Token);

        Action<InstanceModifier>[] wrong =
        [
            m => m.MockStepResult("a", 2),
            m => m.MockStepError("b", new TimeoutException()).MockStepResult("b", 1),
            m => m.MockStepError("c", new TimeoutException(), times: 0),
            m => m.DisableSleeps("", 1),
            m => m.DisableSleeps("d", 0),
            m => m.MockEvent("not an event", 1),
            m => m.CrashAt(0),
        ];
        foreach (var modify in wrong)
        {
            await Should.ThrowAsync<InvalidInputException>(() => instance.ModifyAsync(modify, Token));
        }
    }
}
