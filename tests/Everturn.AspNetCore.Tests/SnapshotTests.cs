using Everturn.AspNetCore.Tests.Server;
using Everturn.Testing.Models;

namespace Everturn.AspNetCore.Tests;

public sealed class SnapshotTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_in_the_middle_of_an_answer_has_what_was_said_so_far()
    {
        var gate = new ReplyGate();
        await using var host = await ServerHost.StartAsync(
            _ => { },
            ScriptedReply.Empty.ThenReasoning("Hm.").ThenText("Let me ", "think").ThenGate(gate).ThenText(".")
        );
        var runId = await host.StartRunAsync();
        using var stream = await SseClient.OpenAsync(host.Http, "/sessions/s1/sse");
        await stream.TakeAsync(3);

        var json = await host.Http.GetJsonAsync("/sessions/s1/snapshot");

        json.Names()
            .ShouldBe([
                "sessionId",
                "agentType",
                "status",
                "runId",
                "messages",
                "offset",
                "total",
                "inFlight",
                "streamSequence",
                "timestamp",
            ]);
        json.Text("sessionId").ShouldBe("s1");
        json.Text("agentType").ShouldBe("writer");
        json.Text("status").ShouldBe("running");
        json.Text("runId").ShouldBe(runId);
        json.GetProperty("messages").EnumerateArray().Select(message => message.Text("content")).ShouldBe(["hello"]);
        (json.GetProperty("offset").GetInt32(), json.GetProperty("total").GetInt32()).ShouldBe((0, 1));
        json.GetProperty("inFlight")
            .GetRawText()
            .ShouldBe(
                $$"""{"role":"assistant","content":"Let me think","thinking":"Hm.","partial":true,"runId":"{{runId}}"}"""
            );
        json.GetProperty("timestamp").GetInt64().ShouldBeGreaterThan(0);

        // The stream after the snapshot is exactly what the snapshot does not have.
        var sequence = json.GetProperty("streamSequence").GetInt64();
        gate.Release();
        var rest = await SseClient.ReadAllAsync(host.Http, $"/sessions/s1/sse?fromSequence={sequence}");
        string.Concat(
                rest.SkipLast(1)
                    .Select(item => item.Json.GetProperty("chunk"))
                    .Where(chunk => chunk.Text("type") == "text_delta")
                    .Select(chunk => chunk.Text("delta"))
            )
            .ShouldBe(".");
    }

    [Fact]
    public async Task A_session_that_ended_has_its_newest_messages_and_nothing_in_flight()
    {
        await using var host = await ServerHost.StartAsync(_ => { }, "One.", "Two.");
        await host.EndOfAsync(await host.StartRunAsync());
        await host.EndOfAsync(await host.StartRunAsync(message: "again"));

        var json = await host.Http.GetJsonAsync("/sessions/s1/snapshot?limit=3");

        json.Text("status").ShouldBe("completed");
        json.GetProperty("messages")
            .EnumerateArray()
            .Select(message => message.Text("content"))
            .ShouldBe(["One.", "again", "Two."]);
        (json.GetProperty("offset").GetInt32(), json.GetProperty("total").GetInt32()).ShouldBe((1, 4));
        json.TryGetProperty("inFlight", out _).ShouldBeFalse();
        var session = (await host.Store.GetSessionAsync(new("s1"), Token))!;
        json.GetProperty("streamSequence").GetInt64().ShouldBe(session.LastSequence);
    }

    [Fact]
    public async Task What_a_failed_attempt_had_said_is_not_in_flight()
    {
        var gate = new ReplyGate();
        await using var host = await ServerHost.StartAsync(
            _ => { },
            ScriptedReply.Text("Wrong").ThenFail(new HttpRequestException("cut")),
            ScriptedReply.Text("Right").ThenGate(gate)
        );
        await host.StartRunAsync();
        using var stream = await SseClient.OpenAsync(host.Http, "/sessions/s1/sse");
        await gate.Reached.WaitAsync(Token);
        await stream.TakeAsync(3);

        var json = await host.Http.GetJsonAsync("/sessions/s1/snapshot");

        json.GetProperty("inFlight").Text("content").ShouldBe("Right");
        gate.Release();
    }

    [Fact]
    public async Task Custom_state_is_there_where_the_session_has_some()
    {
        await using var host = await SessionHost.StartAsync();
        using var start = await host.Http.PostJsonAsync(
            "/sessions/s1/start",
            """{"agentType":"writer","sessionId":"s1","input":{"message":"m","state":{"count":1}}}"""
        );

        var json = await host.Http.GetJsonAsync("/sessions/s1/snapshot");

        json.GetProperty("state").GetRawText().ShouldBe("""{"count":1}""");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1001")]
    [InlineData("many")]
    public async Task Invariant_11_a_limit_that_is_not_acceptable_is_refused(string limit)
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");

        using var answer = await host.Http.GetAsync($"/sessions/s1/snapshot?limit={limit}", Token);

        await answer.ProblemAsync(400, "invalid_input", "limit");
    }
}
