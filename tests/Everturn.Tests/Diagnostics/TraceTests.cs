using System.Diagnostics;
using Everturn.Agents;
using Everturn.Testing;
using Everturn.Testing.Models;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Tests.Diagnostics;

public sealed class TraceTests : IDisposable
{
    private readonly SpanRecorder _spans = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _spans.Dispose();

    [Fact]
    public async Task A_turn_is_a_trace_from_the_request_down_to_each_model_and_tool_call()
    {
        var agent = AgentDefinition
            .Create("adder")
            .WithVersion("7")
            .WithTool(Add, o => o.Name = "add")
            .WithChatOptions(new() { ModelId = "big", Temperature = 0.5f })
            .Build();
        await using var host = await AgentTestHost.StartAsync(e => e.AddAgent(agent), cancellationToken: Token);
        host.Model.Enqueue(
            ScriptedReply.ToolCall("add", new() { ["left"] = 2, ["right"] = 3 }, "call-1").ThenUsage(11, 4),
            "5"
        );

        var trace = await ExecuteAsync(host, agent, "2+3?");
        var spans = await _spans.UntilAsync(trace, "invoke_agent adder");

        Tree(spans)
            .ShouldBe(
                [
                    "accept_run adder < request",
                    "invoke_agent adder < accept_run adder",
                    "step 1 < invoke_agent adder",
                    "chat big < step 1",
                    "execute_tool add < step 1",
                    "step 2 < invoke_agent adder",
                    "chat big < step 2",
                ],
                ignoreOrder: true
            );
        var run = (await host.Store.GetCurrentRunAsync(new("s"), Token))!;
        var invoke = spans.Single(span => span.DisplayName == "invoke_agent adder");
        invoke.GetTagItem("gen_ai.operation.name").ShouldBe("invoke_agent");
        invoke.GetTagItem("gen_ai.agent.name").ShouldBe("adder");
        invoke.GetTagItem("gen_ai.agent.version").ShouldBe("7");
        invoke.GetTagItem("gen_ai.conversation.id").ShouldBe("s");
        invoke.GetTagItem("everturn.run.id").ShouldBe(run.RunId);
        invoke.GetTagItem("everturn.run.status").ShouldBe("completed");
        var chat = spans.First(span => span.DisplayName == "chat big");
        chat.Kind.ShouldBe(ActivityKind.Client);
        chat.GetTagItem("gen_ai.operation.name").ShouldBe("chat");
        chat.GetTagItem("gen_ai.request.model").ShouldBe("big");
        chat.GetTagItem("gen_ai.request.temperature").ShouldBe(0.5f);
        chat.GetTagItem("gen_ai.usage.input_tokens").ShouldBe(11L);
        chat.GetTagItem("gen_ai.usage.output_tokens").ShouldBe(4L);
        var tool = spans.Single(span => span.DisplayName == "execute_tool add");
        tool.GetTagItem("gen_ai.tool.name").ShouldBe("add");
        tool.GetTagItem("gen_ai.tool.call.id").ShouldBe("call-1");
        spans.ShouldAllBe(span =>
            span.GetTagItem("gen_ai.input.messages") == null && span.GetTagItem("gen_ai.tool.call.arguments") == null
        );
    }

    [Fact]
    public async Task A_run_that_another_host_goes_on_with_stays_in_its_trace()
    {
        var agent = AgentDefinition.Create("writer").Build();
        var gate = new ReplyGate();
        await using var first = await AgentTestHost.StartAsync(e => e.AddAgent(agent), cancellationToken: Token);
        first.Model.Enqueue(ScriptedReply.Text("half").ThenGate(gate), "whole");
        ActivityTraceId trace;
        using (var request = _spans.Request())
        {
            trace = request.TraceId;
            await first.Executor.ExecuteAsync(agent, "go", new() { SessionId = "s" }, Token);
        }

        await gate.Reached;
        await first.KillAsync();
        await using var second = await first.JoinAsync(Token);
        var spans = await _spans.UntilAsync(trace, "invoke_agent writer", count: 2);

        spans
            .Where(span => span.DisplayName == "invoke_agent writer")
            .Select(span => (span.GetTagItem("everturn.run.claim"), span.GetTagItem("everturn.run.status")))
            .ShouldBe([(1L, "running"), (2L, "completed")], ignoreOrder: true);
        var accepted = spans.Single(span => span.DisplayName == "accept_run writer");
        spans
            .Where(span => span.DisplayName == "invoke_agent writer")
            .ShouldAllBe(span => span.ParentSpanId == accepted.SpanId);
        (await second.Store.GetCurrentRunAsync(new("s"), Token))!.TraceParent.ShouldBe(accepted.Id);
    }

    [Fact]
    public async Task The_turns_of_a_session_and_its_resumes_share_one_trace_and_later_requests_are_linked()
    {
        var agent = AgentDefinition.Create("writer").Build();
        await using var host = await AgentTestHost.StartAsync(e => e.AddAgent(agent), cancellationToken: Token);
        var gate = new ReplyGate();
        host.Model.Enqueue("one", ScriptedReply.Text("half").ThenGate(gate), "two");
        var trace = await ExecuteAsync(host, agent, "first");

        Activity request;
        AgentHandle<string> run;
        using (request = _spans.Request())
        {
            run = await host.Executor.ExecuteAsync(agent, "second", new() { SessionId = "s" }, Token);
        }

        await gate.Reached;
        await run.InterruptAsync(cancellationToken: Token);
        await run.ResultAsync(Token);
        await (await run.ResumeAsync(cancellationToken: Token)).ResultAsync(Token);
        var spans = await _spans.UntilAsync(trace, "invoke_agent writer", count: 3);

        request.TraceId.ShouldNotBe(trace);
        var accepted = spans.Where(span => span.DisplayName == "accept_run writer").ToList();
        accepted.Select(span => span.GetTagItem("everturn.run.trigger")).ShouldBe(["execute", "execute", "resume"]);
        accepted[1].Links.ShouldHaveSingleItem().Context.SpanId.ShouldBe(request.SpanId);
        request.Links.ShouldHaveSingleItem().Context.SpanId.ShouldBe(accepted[1].SpanId);
    }

    [Fact]
    public async Task A_trace_for_each_run_is_a_matter_of_an_option_and_links_to_the_run_before()
    {
        var agent = AgentDefinition.Create("writer").Build();
        await using var host = await AgentTestHost.StartAsync(
            e => e.AddAgent(agent).ConfigureTelemetry(o => o.TracePerRun = true),
            cancellationToken: Token
        );
        host.Model.Enqueue("one", "two");

        var first = await ExecuteAsync(host, agent, "first");
        var second = await ExecuteAsync(host, agent, "second");

        second.ShouldNotBe(first);
        var spans = await _spans.UntilAsync(second, "invoke_agent writer");
        spans
            .Single(span => span.DisplayName == "accept_run writer")
            .Links.ShouldHaveSingleItem()
            .Context.TraceId.ShouldBe(first);
    }

    [Fact]
    public async Task Content_is_captured_where_it_is_asked_for_and_never_that_of_a_sensitive_tool()
    {
        var agent = AgentDefinition
            .Create("teller")
            .WithInstructions("You tell.")
            .WithTool((string of) => $"weather of {of}", o => o.Name = "weather")
            .WithTool(
                (string of) => $"secret of {of}",
                o =>
                {
                    o.Name = "secret";
                    o.Sensitive = true;
                }
            )
            .Build();
        await using var host = await AgentTestHost.StartAsync(
            e => e.AddAgent(agent).ConfigureTelemetry(o => o.CaptureContent = true),
            cancellationToken: Token
        );
        host.Model.Enqueue(
            ScriptedReply
                .ToolCall("weather", new() { ["of"] = "Rome" })
                .ThenToolCall("secret", new() { ["of"] = "Alice" }),
            "Rain."
        );

        var trace = await ExecuteAsync(host, agent, "How is it?");
        var spans = await _spans.UntilAsync(trace, "invoke_agent teller");

        var chats = spans.Where(span => span.DisplayName == "chat").ToList();
        chats[0].GetTagItem("gen_ai.system_instructions").ShouldBe("""[{"type":"text","content":"You tell."}]""");
        chats[0]
            .GetTagItem("gen_ai.input.messages")
            .ShouldBe("""[{"role":"user","parts":[{"type":"text","content":"How is it?"}]}]""");
        chats[1]
            .GetTagItem("gen_ai.output.messages")
            .ShouldBe("""[{"role":"assistant","parts":[{"type":"text","content":"Rain."}]}]""");
        var history = chats[1].GetTagItem("gen_ai.input.messages").ShouldBeOfType<string>();
        history.ShouldContain("weather of Rome");
        var weather = spans.Single(span => span.DisplayName == "execute_tool weather");
        weather.GetTagItem("gen_ai.tool.call.arguments").ShouldBe("""{"of":"Rome"}""");
        weather.GetTagItem("gen_ai.tool.call.result").ShouldBe("\"weather of Rome\"");
        foreach (var value in spans.SelectMany(span => span.TagObjects).Select(tag => tag.Value).OfType<string>())
        {
            value.ShouldNotContain("Alice");
        }
    }

    [Fact]
    public async Task Failures_are_errors_of_their_spans_and_each_attempt_has_one()
    {
        var agent = AgentDefinition
            .Create("failing")
            .WithRetry(new() { MaxRetries = 1, Delay = TimeSpan.FromMilliseconds(1) })
            .Build();
        await using var host = await AgentTestHost.StartAsync(e => e.AddAgent(agent), cancellationToken: Token);
        host.Model.Enqueue(
            ScriptedReply.Fail(new ModelRequestException("busy", System.Net.HttpStatusCode.TooManyRequests)),
            ScriptedReply.Fail(new HttpRequestException("cut"))
        );

        var trace = await ExecuteAsync(host, agent, "go");
        var spans = await _spans.UntilAsync(trace, "invoke_agent failing");

        var chats = spans.Where(span => span.DisplayName == "chat").ToList();
        chats.Select(span => span.GetTagItem("error.type")).ShouldBe(["429", typeof(HttpRequestException).FullName]);
        chats.Select(span => span.GetTagItem("everturn.attempt")).ShouldBe([1, 2]);
        chats.ShouldAllBe(span => span.Status == ActivityStatusCode.Error);
        spans
            .Single(span => span.DisplayName == "invoke_agent failing")
            .GetTagItem("error.type")
            .ShouldBe("model_failed");
    }

    [Fact]
    public async Task A_pipeline_that_traces_its_calls_itself_gets_no_second_span()
    {
        var agent = AgentDefinition.Create("writer").Build();
        var model = new ScriptedChatClient("hi");
        await using var host = await AgentTestHost.StartAsync(
            e => e.AddAgent(agent).Services.AddSingleton<IChatClient>(new OpenTelemetryChatClient(model)),
            cancellationToken: Token
        );

        var trace = await ExecuteAsync(host, agent, "go");
        var spans = await _spans.UntilAsync(trace, "invoke_agent writer");

        model.Calls.Count.ShouldBe(1);
        spans.ShouldNotContain(span => span.DisplayName.StartsWith("chat", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Tree(IReadOnlyList<Activity> spans)
    {
        var names = spans.ToDictionary(span => span.SpanId, span => span.DisplayName);
        return spans
            .Where(span => span.ParentSpanId != default)
            .Select(span => $"{span.DisplayName} < {names.GetValueOrDefault(span.ParentSpanId, "nothing")}");
    }

    private static int Add(int left, int right) => left + right;

    private async Task<ActivityTraceId> ExecuteAsync(AgentTestHost host, AgentDefinition<string> agent, string message)
    {
        AgentHandle<string> run;
        ActivityTraceId trace;
        using (var request = _spans.Request())
        {
            trace = request.TraceId;
            run = await host.Executor.ExecuteAsync(agent, message, new() { SessionId = "s" }, Token);
        }

        (await run.ResultAsync(Token)).Status.IsEnded.ShouldBeTrue();
        return trace;
    }

    /// <summary>Known by its name, as the real one is where its package is not there.</summary>
    private sealed class OpenTelemetryChatClient(IChatClient inner) : DelegatingChatClient(inner);
}
