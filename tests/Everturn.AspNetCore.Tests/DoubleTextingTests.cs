using System.Text.Json;
using Everturn.Testing.Models;
using Microsoft.AspNetCore.Builder;

namespace Everturn.AspNetCore.Tests;

/// <summary>The field <c>doubleTexting</c> of a start, with the real executor and a scripted model.</summary>
public sealed class DoubleTextingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("\"shout\"")]
    [InlineData("\"Enqueue\"")]
    [InlineData("\"\"")]
    public async Task An_illegal_policy_is_refused_with_those_there_are(string policy)
    {
        await using var app = await WriterApp.StartAsync();
        using var http = Client(app);

        using var response = await http.PostJsonAsync("/sessions/s1/start", Body("hello", policy));

        var problem = await response.ProblemAsync(400, "invalid_input", "doubleTexting");
        problem.Text("detail").ShouldContain("reject, enqueue, interrupt, rollback, steer");
        using var session = await http.GetAsync("/sessions/s1", Token);
        ((int)session.StatusCode).ShouldBe(404);
    }

    [Fact]
    public async Task A_policy_of_another_type_is_refused()
    {
        await using var app = await WriterApp.StartAsync();
        using var http = Client(app);

        using var response = await http.PostJsonAsync("/sessions/s1/start", Body("hello", "7"));

        ((int)response.StatusCode).ShouldBe(400);
    }

    [Fact]
    public async Task A_message_waits_is_listed_and_answered_on_the_same_stream()
    {
        var gate = new ReplyGate();
        await using var app = await WriterApp.StartAsync(
            ScriptedReply.Text("half").ThenGate(gate).ThenText(" done"),
            "second"
        );
        using var http = Client(app);
        using var start = await http.PostJsonAsync("/sessions/s1/start", Body("one", "\"enqueue\""));
        (await start.JsonAsync()).Text("status").ShouldBe("started");
        await gate.Reached;

        using var waiting = await http.PostJsonAsync("/sessions/s1/start", Body("two", "\"enqueue\"", "r-2"));
        using var again = await http.PostJsonAsync("/sessions/s1/start", Body("two", "\"enqueue\"", "r-2"));
        using var other = await http.PostJsonAsync("/sessions/s1/start", Body("two", "\"steer\"", "r-2"));
        using var refused = await http.PostJsonAsync("/sessions/s1/start", Body("three", null));

        (await waiting.JsonAsync()).Text("status").ShouldBe("queued");
        var runId = waiting.Headers.GetValues("Everturn-Run-Id").Single();
        waiting.Headers.Contains("Everturn-Instance-Id").ShouldBeFalse();
        (await again.JsonAsync()).Text("status").ShouldBe("queued");
        again.Headers.GetValues("Everturn-Run-Id").Single().ShouldBe(runId);
        await other.ProblemAsync(422, "request_conflict", "requestId");
        await refused.ProblemAsync(409, "agent_already_running");
        (await http.GetJsonAsync("/sessions/s1")).GetProperty("queuedRuns").GetInt32().ShouldBe(1);
        var runs = (await http.GetJsonAsync("/sessions/s1/runs")).GetProperty("runs").EnumerateArray().ToList();
        runs.Select(run => run.Text("status")).ShouldBe(["running", "queued"]);
        runs[1].Text("runId").ShouldBe(runId);
        (runs[1].Text("message"), runs[1].Text("doubleTexting")).ShouldBe(("two", "enqueue"));
        runs[0].TryGetProperty("message", out _).ShouldBeFalse();

        using var client = await SseClient.OpenAsync(http, "/sessions/s1/sse");
        gate.Release();
        var text = "";
        JsonElement end = default;
        await foreach (var item in client.EventsAsync(Token))
        {
            end = item.Json;
            if (item.Type != "end" && item.Json.GetProperty("chunk") is var chunk && chunk.Text("type") == "text_delta")
            {
                text += chunk.Text("delta") + "|";
            }
        }

        // One reader, both turns: the stream does not end while something waits.
        text.Replace("|", "").ShouldBe("half donesecond");
        end.Text("status").ShouldBe("completed");
        (await http.GetJsonAsync("/sessions/s1")).GetProperty("queuedRuns").GetInt32().ShouldBe(0);
    }

    [Theory]
    [InlineData("interrupt", "interrupted", "user_requested")]
    [InlineData("abort", "failed", "aborted")]
    public async Task A_message_that_waits_is_withdrawn_by_its_run_id(string verb, string status, string reason)
    {
        await using var app = await WriterApp.StartAsync(ScriptedReply.Text("half").ThenStall());
        using var http = Client(app);
        using var start = await http.PostJsonAsync("/sessions/s1/start", Body("one", null));
        using var waiting = await http.PostJsonAsync("/sessions/s1/start", Body("two", "\"enqueue\""));
        var runId = waiting.Headers.GetValues("Everturn-Run-Id").Single();

        using var withdrawn = await http.PostJsonAsync($"/sessions/s1/{verb}", $$"""{"runId":"{{runId}}"}""");
        using var unknown = await http.PostJsonAsync($"/sessions/s1/{verb}", """{"runId":"nobody"}""");

        var answer = await withdrawn.JsonAsync();
        (answer.Text("runId"), answer.Text("status"), answer.Text("reason")).ShouldBe((runId, status, reason));
        await unknown.ProblemAsync(400, "invalid_input", "runId");
        (await http.GetJsonAsync("/sessions/s1")).GetProperty("queuedRuns").GetInt32().ShouldBe(0);
        (await http.GetJsonAsync("/sessions/s1/status")).Text("status").ShouldBe("running");
    }

    [Fact]
    public async Task A_rollback_over_http_leaves_only_its_own_turn()
    {
        await using var app = await WriterApp.StartAsync(ScriptedReply.Text("half").ThenStall(), "second");
        using var http = Client(app);
        using var start = await http.PostJsonAsync("/sessions/s1/start", Body("one", null));
        using var client = await SseClient.OpenAsync(http, "/sessions/s1/sse");
        await client.TakeAsync(1);

        using var other = await http.PostJsonAsync("/sessions/s1/start", Body("two", "\"rollback\""));
        var types = new List<string>();
        await foreach (var item in client.EventsAsync(Token))
        {
            types.Add(item.Type == "end" ? "end" : item.Json.GetProperty("chunk").Text("type"));
        }

        types.ShouldContain("run_interrupted");
        types.IndexOf("stream_resync").ShouldBe(types.IndexOf("run_superseded") + 1);
        types[^1].ShouldBe("end");
        var messages = (await http.GetJsonAsync("/sessions/s1/messages")).GetProperty("messages");
        messages.EnumerateArray().Select(message => message.Text("content")).ShouldBe(["two", "second"]);
    }

    private static string Body(string message, string? policy, string? requestId = null) =>
        $$"""
            {"agentType":"writer","sessionId":"s1","input":{"message":"{{message}}"}
             {{(policy is null ? "" : $",\"doubleTexting\":{policy}")}}
             {{(requestId is null ? "" : $",\"requestId\":\"{requestId}\"")}} }
            """;

    private static HttpClient Client(WebApplication app) => new() { BaseAddress = new(app.Urls.Single()) };
}
