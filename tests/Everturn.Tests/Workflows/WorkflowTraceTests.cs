using System.Diagnostics;
using Everturn.Tests.Diagnostics;
using Everturn.Workflows;

namespace Everturn.Tests.Workflows;

/// <summary>Spans of instances and their steps.</summary>
public sealed class WorkflowTraceTests : EngineTests
{
    public WorkflowTraceTests()
        : base(() => new InMemoryData()) { }

    [Fact]
    public async Task Each_execution_of_an_instance_and_each_attempt_of_a_step_is_a_span_of_the_requests_trace()
    {
        using var recorder = new SpanRecorder();
        var script = new Script(
            async (step, _) =>
            {
                await step.DoAsync("good", _ => Task.CompletedTask);
                await step.DoAsync(
                    "flaky",
                    new() { Retries = new() { Delay = TimeSpan.Zero } },
                    (context, _) =>
                        context.Attempt == 1 ? throw new InvalidOperationException("once") : Task.CompletedTask
                );
                await step.WaitForEventAsync<int>("go");
                throw new FormatException("broken");
            }
        );
        var first = await StartAsync(script);
        ActivityTraceId trace;
        using (var request = recorder.Request())
        {
            trace = request.TraceId;
            await first.Client<string, string>("script").CreateAsync("", "i-1");
        }

        var instance = await first.Client<string, string>("script").GetAsync("i-1");
        await first.UntilStatusAsync(instance, InstanceStatus.Waiting);
        await recorder.UntilAsync(trace, "workflow script");
        await first.StopAsync();
        var second = await StartAsync(script, first);
        await (await second.Client<string, string>("script").GetAsync("i-1")).SendEventAsync("go", 1);
        await TestHost.InTimeAsync(second.Engine.WaitAsync(instance.Key));

        var spans = await recorder.UntilAsync(trace, "workflow script", 2);

        var executions = spans.Where(span => span.DisplayName == "workflow script").ToList();
        executions.Count.ShouldBe(2);
        executions.ShouldAllBe(span => Equals(span.GetTagItem("everturn.instance"), "i-1"));
        executions.Select(span => span.ParentSpanId).Distinct().ShouldHaveSingleItem();
        executions[1].GetTagItem("everturn.status").ShouldBe("errored");
        executions[1].GetTagItem("error.type").ShouldBe(nameof(FormatException));
        // What the second execution found in the journal is no span of its own.
        var steps = spans.Where(span => span.DisplayName.StartsWith("step ", StringComparison.Ordinal)).ToList();
        steps.ShouldAllBe(span => span.ParentSpanId == executions[0].SpanId);
        steps
            .Select(span => $"{span.DisplayName} {span.GetTagItem("everturn.step.attempt")} {span.Status}")
            .ShouldBe(["step good 1 Unset", "step flaky 1 Error", "step flaky 2 Unset"]);
    }
}
