using Everturn.Agents;
using Everturn.Testing;
using Everturn.Testing.Models;

namespace Everturn.Tests.Diagnostics;

public sealed class MetricTests : IDisposable
{
    private readonly MetricRecorder _metrics = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public async Task A_run_is_counted_while_it_is_active_and_its_duration_when_it_ended()
    {
        var agent = AgentDefinition.Create("measured-run").Build();
        await using var host = await AgentTestHost.StartAsync(e => e.AddAgent(agent), cancellationToken: Token);
        host.Model.Enqueue("done");

        await host.RunAsync(agent, "go", cancellationToken: Token);
        await _metrics.UntilAsync(() =>
            _metrics.Of("everturn.runs.active", "everturn.agent", "measured-run").Count == 2
        );

        _metrics
            .Of("everturn.runs.active", "everturn.agent", "measured-run")
            .Select(measurement => measurement.Value)
            .ShouldBe([1, -1]);
        var duration = _metrics.Of("everturn.run.duration", "everturn.agent", "measured-run").ShouldHaveSingleItem();
        duration.Unit.ShouldBe("s");
        duration.Tags["everturn.status"].ShouldBe("completed");
    }

    [Fact]
    public async Task A_run_that_was_taken_over_counts_as_claimed_and_once_it_ended_as_recovered()
    {
        var agent = AgentDefinition.Create("measured-recovery").Build();
        var gate = new ReplyGate();
        await using var first = await AgentTestHost.StartAsync(e => e.AddAgent(agent), cancellationToken: Token);
        first.Model.Enqueue(ScriptedReply.Empty.ThenGate(gate), "whole");
        var run = await first.Executor.ExecuteAsync(agent, "go", new() { SessionId = "s" }, Token);
        await gate.Reached;
        await first.KillAsync();

        await using var second = await first.JoinAsync(Token);

        await _metrics.UntilAsync(() =>
            _metrics.Of("everturn.recoveries", "everturn.agent", "measured-recovery").Count == 1
        );
        _metrics.Of("everturn.claims", "everturn.agent", "measured-recovery").Count.ShouldBe(1);
        run.RunId.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Model_calls_count_tokens_and_time_by_the_conventions()
    {
        var agent = AgentDefinition
            .Create("measured-model")
            .WithChatOptions(new() { ModelId = "measured-model-id" })
            .WithRetry(new() { MaxRetries = 1, Delay = TimeSpan.FromMilliseconds(1) })
            .Build();
        await using var host = await AgentTestHost.StartAsync(e => e.AddAgent(agent), cancellationToken: Token);
        host.Model.Enqueue(
            ScriptedReply.Fail(new HttpRequestException("no")),
            ScriptedReply.Text("yes").ThenUsage(30, 12)
        );

        await host.RunAsync(agent, "go", cancellationToken: Token);

        var tokens = _metrics.Of("gen_ai.client.token.usage", "gen_ai.request.model", "measured-model-id");
        tokens
            .Select(measurement => (measurement.Tags["gen_ai.token.type"], measurement.Value))
            .ShouldBe([("input", 30), ("output", 12)]);
        var calls = _metrics.Of("gen_ai.client.operation.duration", "gen_ai.request.model", "measured-model-id");
        calls
            .Select(measurement => measurement.Tags.GetValueOrDefault("error.type"))
            .ShouldBe([typeof(HttpRequestException).FullName, null]);
        calls.ShouldAllBe(measurement =>
            measurement.Unit == "s" && Equals(measurement.Tags["gen_ai.operation.name"], "chat")
        );
    }

    [Fact]
    public async Task Readers_tell_how_far_they_are_behind_and_the_outbox_what_is_left_in_it()
    {
        var agent = AgentDefinition.Create("measured-reader").Build();
        await using var host = await AgentTestHost.StartAsync(e => e.AddAgent(agent), cancellationToken: Token);
        host.Model.Enqueue("done");

        var run = await host.Executor.ExecuteAsync(agent, "go", new() { SessionId = "s" }, Token);
        await foreach (var _ in run.StreamAsync(cancellationToken: Token)) { }

        _metrics.Of("everturn.stream.lag").ShouldContain(measurement => measurement.Value > 0);
        await _metrics.UntilAsync(() =>
            _metrics.Of("everturn.outbox.depth").Any(measurement => measurement.Value == 0)
        );
    }
}
