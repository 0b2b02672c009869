using Everturn.Testing.Tests.Introspection;
using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Testing.Tests.Replay;

/// <summary>Double replay finds code that does not do the same each time, and nothing else.</summary>
public sealed class DeterminismTests : WorkflowKitTests
{
    [Fact]
    public async Task A_workflow_with_everything_in_it_is_deterministic()
    {
        var script = new Script(
            async (step, script) =>
            {
                var parallel = Enumerable.Range(0, 5).Select(_ => step.DoAsync("part", _ => script.DoAsync("part")));
                await Task.WhenAll(parallel);
                await step.SleepAsync("nap", TimeSpan.FromDays(1));
                if (await step.PatchedAsync("new way"))
                {
                    await step.DoAsync("audit", _ => Task.CompletedTask);
                }

                var any = await Task.WhenAny(
                    step.WaitForEventAsync<string>("one", "one"),
                    step.WaitForEventAsync<string>("two", "two")
                );
                var stream = await step.StreamAsync("export", (_, _) => AsyncEnumerable.Empty<ReadOnlyMemory<byte>>());
                try
                {
                    await step.DoAsync("fails", _ => throw new NonRetryableException("no"));
                }
                catch (NonRetryableException)
                {
                    return $"{(await any).Payload} {stream.TotalBytes}";
                }

                return "never";
            }
        );
        await using var host = await StartAsync(script);
        await using var instance = await host.IntrospectAsync("scripted", "i", m => m.MockEvent("two", "2"), Token);
        await CreateAsync(host);

        var report = await instance.CheckDeterminismAsync(Token);

        report.EnsureDeterministic();
        report.Steps.ShouldBe(12);
        (await instance.GetOutputAsync<string>(Token)).ShouldBe("2 0");
        script["part"].ShouldBe(5);
    }

    [Fact]
    public async Task A_rolled_back_and_a_terminated_instance_can_be_checked()
    {
        var failing = new Script(
            async (step, script) =>
            {
                var rollback = new StepOptions { Rollback = new((_, _) => script.DoAsync("undo")) };
                await step.DoAsync("book", rollback, _ => script.DoAsync("book"));
                await step.SleepAsync("nap", TimeSpan.FromDays(1));
                throw new InvalidOperationException("full");
            }
        );
        await using var host = await StartAsync(failing);
        await using var errored = await host.IntrospectAsync("scripted", "errored", cancellationToken: Token);
        await using var terminated = await host.IntrospectAsync("scripted", "terminated", cancellationToken: Token);
        await CreateAsync(host, "errored");
        (await errored.CheckDeterminismAsync(Token)).EnsureDeterministic();
        await CreateAsync(host, "terminated");
        await terminated.WaitForStatusAsync(InstanceStatus.Waiting, Token);
        await terminated.Instance.TerminateAsync(cancellationToken: Token);

        var report = await terminated.CheckDeterminismAsync(Token);

        report.EnsureDeterministic();
        report.Steps.ShouldBe(2);
        failing["undo"].ShouldBe(1);
    }

    [Fact]
    public async Task A_name_that_is_made_anew_each_time_is_found()
    {
        var runs = 0;
        var script = new Script(
            async (step, _) =>
            {
                await step.DoAsync("first", _ => Task.CompletedTask);
                return await step.DoAsync($"file {++runs}", _ => Task.FromResult("x"));
            }
        );

        var difference = await DifferenceAsync(script);

        (difference.Replay, difference.Position, difference.Step).ShouldBe((1, 2, "file 1"));
        difference.Recorded.ShouldBe("do \"file 1\" #1");
        difference.Asked.ShouldBe("do \"file 2\" #1");
    }

    [Fact]
    public async Task What_a_callback_leaves_outside_of_its_result_is_found()
    {
        var script = new Script(
            async (step, _) =>
            {
                var token = "";
                await step.DoAsync(
                    "log in",
                    _ =>
                    {
                        token = "secret";
                        return Task.CompletedTask;
                    }
                );
                return token.Length > 0 ? await step.DoAsync("use it", _ => Task.FromResult("used")) : "forgot";
            }
        );

        var difference = await DifferenceAsync(script);

        (difference.Step, difference.Recorded).ShouldBe(("use it", "do \"use it\" #1"));
        difference.Asked.ShouldBe("the output \"forgot\"");
    }

    [Fact]
    public async Task A_clock_that_is_read_outside_of_a_step_is_found_in_a_steps_arguments_and_in_the_end()
    {
        var sleeper = new ClockReader(
            async (step, time) =>
            {
                await step.SleepAsync("until noon", TimeSpan.FromHours(12) - (time.GetUtcNow().TimeOfDay / 2));
                return "";
            }
        );
        var teller = new ClockReader((_, time) => Task.FromResult($"it is {time.GetUtcNow():HH:mm}"));

        var inArguments = await DifferenceAsync(sleeper);
        var inTheEnd = await DifferenceAsync(teller);

        (inArguments.Replay, inArguments.Position, inArguments.Step).ShouldBe((2, 1, "until noon"));
        inArguments.Recorded.ShouldNotBe(inArguments.Asked);
        (inTheEnd.Replay, inTheEnd.Step, inTheEnd.Recorded).ShouldBe((1, null, "the output \"it is 00:00\""));
    }

    [Fact]
    public async Task A_step_that_is_left_out_when_it_is_known_is_found()
    {
        var runs = 0;
        var script = new Script(
            async (step, _) =>
            {
                if (Interlocked.Increment(ref runs) == 1)
                {
                    await step.DoAsync("only the first time", _ => Task.CompletedTask);
                }

                return await step.DoAsync("always", _ => Task.FromResult("x"));
            }
        );

        var difference = await DifferenceAsync(script);

        (difference.Position, difference.Recorded, difference.Asked).ShouldBe(
            (1, "do \"only the first time\" #1", "do \"always\" #1")
        );
        Should
            .Throw<ConformanceException>(() =>
                new Testing.Replay.DeterminismReport(2, difference).EnsureDeterministic()
            )
            .Message.ShouldContain("belongs into a step");
    }

    private static async Task<Testing.Replay.ReplayDifference> DifferenceAsync(Script script)
    {
        await using var host = await StartAsync(script);
        await using var instance = await host.IntrospectAsync("scripted", "i", cancellationToken: Token);
        await CreateAsync(host);
        return (await instance.CheckDeterminismAsync(Token)).Difference.ShouldNotBeNull();
    }

    private static async Task<Testing.Replay.ReplayDifference> DifferenceAsync(ClockReader reader)
    {
        await using var host = await WorkflowTestHost.StartAsync(
            e => e.AddWorkflow<ClockWorkflow>().Services.AddSingleton(reader),
            cancellationToken: Token
        );
        await using var instance = await host.IntrospectAsync("clock", "i", cancellationToken: Token);
        await host.Client<string, string>("clock").CreateAsync("", "i", cancellationToken: Token);
        return (await instance.CheckDeterminismAsync(Token)).Difference.ShouldNotBeNull();
    }
}
