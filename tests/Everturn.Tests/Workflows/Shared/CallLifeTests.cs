using Everturn.Approvals;
using Everturn.Sessions;
using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Tests.Workflows;

/// <summary>What becomes of calls when their instance, or its host, does not just wait. Run for every store.</summary>
public abstract class CallLifeTests(Func<IStoreUnderTest> open) : CallTests(open)
{
    [Fact]
    public async Task Of_answers_at_the_same_time_one_counts()
    {
        var host = await StartAsync(Asks());
        var instance = await CreateAsync(host);
        var id = (await PendingAsync(host)).ApprovalId;

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(i => Task.Run(() => TryAnswerAsync(host, id, ToolAnswer.Deny($"{i}"))))
        );

        var winner = answers.OfType<AnswerReceipt>().ShouldHaveSingleItem();
        (await ResultAsync(instance)).ShouldEndWith($"why={winner.Call.Reason}");
    }

    [Fact]
    public async Task After_its_time_an_answer_is_refused_although_the_instance_is_paused()
    {
        var host = await StartAsync(Asks(new() { AnswerWithin = Day }));
        var instance = await CreateAsync(host);
        await host.UntilStatusAsync(instance, InstanceStatus.Waiting);
        await instance.PauseAsync();
        host.Time.Advance(Day);

        var refused = await Should.ThrowAsync<AnswerConflictException>(() => AnswerAsync(host, ToolAnswer.Approve()));
        await instance.ResumeAsync();

        refused.Call.Status.ShouldBe(PendingCallStatus.Expired);
        (await ResultAsync(instance)).ShouldStartWith("expired");
    }

    [Fact]
    public async Task A_paused_instance_takes_its_answer_when_it_goes_on()
    {
        var host = await StartAsync(Asks(new() { AnswerWithin = Day }));
        var instance = await CreateAsync(host);
        await host.UntilStatusAsync(instance, InstanceStatus.Waiting);
        await instance.PauseAsync();

        await AnswerAsync(host, ToolAnswer.Approve());
        (await instance.StatusAsync()).Status.ShouldBe(InstanceStatus.Paused);
        host.Time.Advance(2 * Day);
        await instance.ResumeAsync();

        (await ResultAsync(instance)).ShouldStartWith("approved");
    }

    [Fact]
    public async Task A_short_deadline_passes_while_the_instance_is_in_memory()
    {
        var script = Asks(new() { AnswerWithin = TimeSpan.FromSeconds(1) });
        var host = await StartAsync(script);
        var instance = await CreateAsync(host);
        await PendingAsync(host);

        await host.AdvanceToDueAsync(instance);

        (await ResultAsync(instance)).ShouldStartWith("expired");
        script["body"].ShouldBe(1);
    }

    [Fact]
    public async Task What_a_restarted_instance_asked_before_is_withdrawn_and_asked_anew()
    {
        var host = await StartAsync(Asks());
        var instance = await CreateAsync(host);
        await host.UntilStatusAsync(instance, InstanceStatus.Waiting);
        var before = (await PendingAsync(host)).ApprovalId;

        await instance.RestartAsync();
        await TestHost.UntilAsync(
            async () => (await ListAsync(host, PendingCallStatus.Pending)).Any(call => call.ApprovalId != before),
            "the next request"
        );

        (
            await Should.ThrowAsync<AnswerConflictException>(() =>
                Approvals(host).AnswerAsync(before, ToolAnswer.Approve())
            )
        ).Call.Status.ShouldBe(PendingCallStatus.Withdrawn);
        await AnswerAsync(host, ToolAnswer.Deny());
        (await ResultAsync(instance)).ShouldStartWith("denied");
    }

    [Fact]
    public async Task Restarted_from_a_later_step_an_instance_keeps_its_decision()
    {
        var host = await StartAsync(
            new Script(
                async (step, script) =>
                {
                    var decision = await step.RequestApprovalAsync("ask", new Purchase("o-1", 40));
                    return await step.DoAsync("pay", _ => Task.FromResult($"{decision.Status} {script.Count("paid")}"));
                }
            )
        );
        var instance = await CreateAsync(host);
        await AnswerAsync(host, ToolAnswer.Approve());
        (await ResultAsync(instance)).ShouldBe("approved 1");

        await instance.RestartAsync(new() { From = new("pay") });

        (await ResultAsync(instance)).ShouldBe("approved 2");
        (await ListAsync(host, PendingCallStatus.Approved)).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_instance_that_ended_without_an_answer_takes_it_when_it_is_restarted_from_a_later_step(
        bool isAnsweredBefore
    )
    {
        var host = await StartAsync(
            new Script(
                async (step, script) =>
                {
                    var asked = step.RequestApprovalAsync("ask", new Purchase("o-1", 1), new() { AnswerWithin = Day });
                    await step.WaitForEventAsync<string>("go");
                    // Nobody looks at the answer in the first life.
                    return await step.DoAsync("later", _ => Task.FromResult(script.Count("later"))) == 1
                        ? "too early"
                        : $"{(await asked).Status}";
                }
            )
        );
        var instance = await CreateAsync(host);
        var call = await PendingAsync(host);
        await host.UntilStatusAsync(instance, InstanceStatus.Waiting);
        if (isAnsweredBefore)
        {
            // In its journal the step is open when the instance ends: what is paused takes no answer.
            await instance.PauseAsync();
            await instance.SendEventAsync("go", "on");
            await Approvals(host).AnswerAsync(call.ApprovalId, ToolAnswer.Approve());
            await instance.TerminateAsync();
            await instance.RestartAsync(new() { From = new("go", Kind: StepKind.WaitForEvent) });
            await instance.SendEventAsync("go", "on");
            await ResultAsync(instance);
            await instance.RestartAsync(new() { From = new("later") });
        }
        else
        {
            await instance.SendEventAsync("go", "on");
            (await ResultAsync(instance)).ShouldBe("too early");
            await instance.RestartAsync(new() { From = new("later") });
            await Approvals(host).AnswerAsync(call.ApprovalId, ToolAnswer.Approve());
        }

        (await ResultAsync(instance)).ShouldBe("approved");
    }

    [Fact]
    public async Task Nobody_waits_any_more_when_the_instance_is_terminated_or_has_ended()
    {
        var host = await StartAsync(
            new Script(
                async (step, trigger, _) =>
                {
                    var asked = step.RequestApprovalAsync("ask", new Purchase(trigger.Payload, 1));
                    var other = step.WaitForEventAsync<string>("go");
                    await Task.WhenAny(asked, other);
                    return "ended";
                }
            )
        );
        var client = host.Client<string, string>("script");
        var terminated = await client.CreateAsync("a");
        var ended = await client.CreateAsync("b");
        await TestHost.UntilAsync(
            async () => (await ListAsync(host, PendingCallStatus.Pending)).Count == 2,
            "two requests"
        );

        await terminated.TerminateAsync();
        await ended.SendEventAsync("go", "on");
        await ResultAsync(ended);

        (await ListAsync(host, PendingCallStatus.Pending)).ShouldBeEmpty();
        var withdrawn = await ListAsync(host, PendingCallStatus.Withdrawn);
        withdrawn.Count.ShouldBe(2);
        await Should.ThrowAsync<AnswerConflictException>(() =>
            Approvals(host).AnswerAsync(withdrawn[0].ApprovalId, ToolAnswer.Approve())
        );
        await terminated.DeleteAsync();
        (await ListAsync(host, PendingCallStatus.Withdrawn)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Terminated_with_rollback_the_steps_are_undone_and_the_call_is_withdrawn()
    {
        var host = await StartAsync(
            new Script(
                async (step, script) =>
                {
                    await step.DoAsync(
                        "reserve",
                        new()
                        {
                            Rollback = new(
                                (_, _) =>
                                {
                                    script.Count("undone");
                                    return Task.CompletedTask;
                                }
                            ),
                        },
                        _ => Task.FromResult(1)
                    );
                    return $"{(await step.RequestApprovalAsync("ask", new Purchase("o-1", 1))).Status}";
                }
            )
        );
        var instance = await CreateAsync(host);
        await host.UntilStatusAsync(instance, InstanceStatus.Waiting);

        await instance.TerminateAsync(new() { Rollback = true });
        await host.UntilStatusAsync(instance, InstanceStatus.Terminated);

        host.Services.GetRequiredService<Script>()["undone"].ShouldBe(1);
        (await ListAsync(host, PendingCallStatus.Withdrawn)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_answer_of_another_host_wakes_the_instance()
    {
        var script = Asks();
        var host = await StartAsync(script);
        var instance = await CreateAsync(host);
        await host.UntilStatusAsync(instance, InstanceStatus.Waiting);
        // A process without code for any workflow.
        var other = await StartAsync(script, host, configure: static _ => { });

        await AnswerAsync(other, ToolAnswer.Approve(), new() { DecidedBy = "elsewhere" });
        host.Time.Advance(TimeSpan.FromSeconds(1));

        (await ResultAsync(instance)).ShouldContain("by=elsewhere");
    }

    [Fact]
    public async Task Whatever_write_the_host_dies_at_there_is_one_request_and_one_outcome()
    {
        for (var crashAt = 1; ; crashAt++)
        {
            foreach (var isAfter in new[] { false, true })
            {
                var script = Asks(new() { AnswerWithin = Day });
                var id = $"i-{crashAt}-{isAfter}";
                var first = await StartAsync(
                    script,
                    prepare: store => (store.CrashAt, store.CrashAfterWrite) = (crashAt, isAfter)
                );
                var isOver = await LivesAsync(first, id);
                await first.CrashAsync();
                var second = await StartAsync(script, first);
                var client = second.Client<string, string>("script");
                var instance = await client.CreateAsync("", id, creationToken: "once");
                await EndAsync(second, instance);

                (await ResultAsync(instance)).ShouldStartWith("approved", customMessage: id);
                var asked = await Approvals(second).ListAsync(new() { Status = PendingCallStatus.Approved });
                asked.Items.Count(call => call.InstanceId == id).ShouldBe(1, id);
                (await ListAsync(second, PendingCallStatus.Pending)).ShouldBeEmpty(id);
                if (isOver)
                {
                    crashAt.ShouldBeGreaterThan(3);
                    return;
                }
            }
        }
    }

    private static async Task<bool> LivesAsync(TestHost host, string id)
    {
        var life = LifeAsync();
        await Task.WhenAny(life, host.Store.Crashed);
        return !host.Store.Crashed.IsCompleted;

        async Task LifeAsync()
        {
            var instance = await host.Client<string, string>("script").CreateAsync("", id, creationToken: "once");
            await EndAsync(host, instance);
            await ResultAsync(instance);
        }
    }

    private static async Task EndAsync(TestHost host, WorkflowInstance instance)
    {
        PendingCallRecord? call = null;
        await TestHost.UntilAsync(
            async () =>
            {
                call = (await ListAsync(host, PendingCallStatus.Pending)).FirstOrDefault(each =>
                    each.InstanceId == instance.Id
                );
                return call is not null
                    || (await ListAsync(host, PendingCallStatus.Approved)).Any(each => each.InstanceId == instance.Id);
            },
            $"{instance.Id} to ask"
        );
        if (call is not null)
        {
            await Approvals(host).AnswerAsync(call.ApprovalId, ToolAnswer.Approve());
        }
    }

    private static async Task<AnswerReceipt?> TryAnswerAsync(TestHost host, string id, ToolAnswer answer)
    {
        try
        {
            return await Approvals(host).AnswerAsync(id, answer);
        }
        catch (AnswerConflictException)
        {
            return null;
        }
    }
}
