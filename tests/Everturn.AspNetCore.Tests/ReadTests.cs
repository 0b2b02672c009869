using Everturn.Sessions;

namespace Everturn.AspNetCore.Tests;

public sealed class ReadTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Status_of_a_running_session()
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");

        var status = await host.Http.GetJsonAsync("/sessions/s1/status");

        status.Names().ShouldBe(["sessionId", "status", "stepCount", "isExecuting"]);
        status.Text("sessionId").ShouldBe("s1");
        status.Text("status").ShouldBe("running");
        status.GetProperty("stepCount").GetInt32().ShouldBe(0);
        status.GetProperty("isExecuting").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Status_of_a_completed_session()
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");
        await host.EndRunAsync("s1");

        var status = await host.Http.GetJsonAsync("/sessions/s1/status");

        status.Names().ShouldBe(["sessionId", "status", "output", "stepCount", "checkpointId", "isExecuting"]);
        status.Text("status").ShouldBe("completed");
        status.Text("output").ShouldBe("the end");
        status.GetProperty("stepCount").GetInt32().ShouldBe(1);
        status.Text("checkpointId").ShouldBe("checkpoint-1");
        status.GetProperty("isExecuting").GetBoolean().ShouldBeFalse();
    }

    [Theory]
    [InlineData("failed", "failed")]
    [InlineData("interrupted", "interrupted")]
    [InlineData("suspended_client_tool", "paused")]
    public async Task Status_of_a_session_that_ended_otherwise(string run, string expected)
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");
        await host.EndRunAsync("s1", new RunStatus(run), "because", "it broke");

        var status = await host.Http.GetJsonAsync("/sessions/s1/status");

        status.Text("status").ShouldBe(expected);
        status.Text("error").ShouldBe("it broke");
        status.TryGetProperty("output", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Runs_are_one_record_each_in_their_order_and_come_in_pages()
    {
        await using var host = await SessionHost.StartAsync();
        var first = await host.StartRunAsync("s1");
        await host.WriteAsync("s1", "a", "b");
        await host.EndRunAsync("s1");
        var second = await host.StartRunAsync("s1", "again");

        var page = await host.Http.GetJsonAsync("/sessions/s1/runs?limit=1");
        var run = page.GetProperty("runs")[0];
        run.Names()
            .ShouldBe([
                "runId",
                "ordinal",
                "turn",
                "trigger",
                "status",
                "instanceId",
                "runtime",
                "startSequence",
                "endSequence",
                "stepCount",
                "createdAt",
                "endedAt",
            ]);
        run.Text("runId").ShouldBe(first);
        run.GetProperty("ordinal").GetInt32().ShouldBe(1);
        run.GetProperty("turn").GetInt32().ShouldBe(1);
        run.Text("trigger").ShouldBe("execute");
        run.Text("status").ShouldBe("completed");
        run.Text("instanceId").ShouldBe("agent__writer__s1");
        run.GetProperty("startSequence").GetInt64().ShouldBe(1);
        run.GetProperty("endSequence").GetInt64().ShouldBe(3);
        run.GetProperty("stepCount").GetInt32().ShouldBe(1);
        page.GetProperty("hasMore").GetBoolean().ShouldBeTrue();

        var next = await host.Http.GetJsonAsync($"/sessions/s1/runs?limit=1&cursor={page.Text("nextCursor")}");
        run = next.GetProperty("runs")[0];
        run.Text("runId").ShouldBe(second);
        run.Text("instanceId").ShouldBe("agent__writer__s1__turn__2");
        run.GetProperty("startSequence").GetInt64().ShouldBe(4);
        run.TryGetProperty("endSequence", out _).ShouldBeFalse();
        next.GetProperty("hasMore").GetBoolean().ShouldBeFalse();
        next.TryGetProperty("nextCursor", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Messages_come_in_pages_and_hidden_ones_say_so()
    {
        await using var host = await SessionHost.StartAsync();
        const string body = """
            {"agentType":"writer","sessionId":"s1","input":{"message":"hello","messages":[
              {"role":"user","content":"context","metadata":{"hidden":true}}]}}
            """;
        using var start = await host.Http.PostJsonAsync("/sessions/s1/start", body);
        await host.EndRunAsync("s1");

        var page = await host.Http.GetJsonAsync("/sessions/s1/messages?limit=2");
        page.Names().ShouldBe(["messages", "offset", "total", "hasMore"]);
        page.GetProperty("total").GetInt32().ShouldBe(3);
        page.GetProperty("hasMore").GetBoolean().ShouldBeTrue();
        var messages = page.GetProperty("messages");
        messages[0].Text("content").ShouldBe("context");
        messages[0].GetProperty("hidden").GetBoolean().ShouldBeTrue();
        messages[1].Text("role").ShouldBe("user");
        messages[1].Text("content").ShouldBe("hello");
        messages[1].TryGetProperty("hidden", out _).ShouldBeFalse();

        var rest = await host.Http.GetJsonAsync("/sessions/s1/messages?offset=2");
        rest.GetProperty("messages")[0].Text("role").ShouldBe("assistant");
        rest.GetProperty("offset").GetInt32().ShouldBe(2);
        rest.GetProperty("hasMore").GetBoolean().ShouldBeFalse();

        var beyond = await host.Http.GetJsonAsync("/sessions/s1/messages?offset=9");
        beyond.GetProperty("messages").GetArrayLength().ShouldBe(0);
        beyond.GetProperty("hasMore").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task History_gives_stored_chunks_after_a_number()
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");
        await host.WriteAsync("s1", "a", "b", "c");

        var all = await host.Http.GetJsonAsync("/sessions/s1/history");
        all.Names().ShouldBe(["status", "firstSequence", "lastSequence", "hasMore", "chunks"]);
        all.Text("status").ShouldBe("active");
        all.GetProperty("firstSequence").GetInt64().ShouldBe(1);
        all.GetProperty("lastSequence").GetInt64().ShouldBe(3);
        all.GetProperty("chunks").GetArrayLength().ShouldBe(3);

        var part = await host.Http.GetJsonAsync("/sessions/s1/history?fromSequence=1&limit=1");
        part.GetProperty("hasMore").GetBoolean().ShouldBeTrue();
        var chunk = part.GetProperty("chunks").EnumerateArray().Single();
        chunk.GetProperty("sequence").GetInt64().ShouldBe(2);
        chunk.GetProperty("chunk").Text("type").ShouldBe("text_delta");
        chunk.GetProperty("chunk").Text("delta").ShouldBe("b");

        var none = await host.Http.GetJsonAsync("/sessions/s1/history?fromSequence=3");
        none.GetProperty("chunks").GetArrayLength().ShouldBe(0);
        none.GetProperty("hasMore").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Sessions_are_listed_newest_first_by_filter_and_page()
    {
        await using var host = await SessionHost.StartAsync();
        foreach (var i in Enumerable.Range(1, 3))
        {
            var body = $$$"""
                {"agentType":"writer","sessionId":"s{{{i}}}","userId":"u{{{i}}}","tags":["t{{{i}}}"],"metadata":{"n":"{{{i}}}"},
                 "input":{"message":"subject {{{i}}}"}}
                """;
            using var response = await host.Http.PostJsonAsync($"/sessions/s{i}/start", body);
        }
        await host.EndRunAsync("s2");

        (await IdsAsync(host, "")).ShouldBe(["s1", "s2", "s3"], ignoreOrder: true);
        (await IdsAsync(host, "?userId=u1")).ShouldBe(["s1"]);
        (await IdsAsync(host, "?tag=t3")).ShouldBe(["s3"]);
        (await IdsAsync(host, "?status=completed")).ShouldBe(["s2"]);
        (await IdsAsync(host, "?text=SUBJECT%203")).ShouldBe(["s3"]);
        (await IdsAsync(host, "?agentType=other")).ShouldBeEmpty();
        (await IdsAsync(host, "?agentType=writer&status=active&limit=1000")).Count.ShouldBe(2);
        var page = await host.Http.GetJsonAsync("/sessions?limit=2");
        page.GetProperty("hasMore").GetBoolean().ShouldBeTrue();
        (await IdsAsync(host, $"?limit=2&cursor={page.Text("nextCursor")}")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_session_is_given_field_by_field()
    {
        await using var host = await SessionHost.StartAsync();
        const string body = """
            {"agentType":"writer","sessionId":"s1","userId":"u1","tags":["t1"],"metadata":{"k":"v"},"input":{"message":"hello"}}
            """;
        using var start = await host.Http.PostJsonAsync("/sessions/s1/start", body);
        await host.WriteAsync("s1", "a");

        var session = await host.Http.GetJsonAsync("/sessions/s1");

        session.Text("sessionId").ShouldBe("s1");
        session.Text("agentType").ShouldBe("writer");
        session.Text("title").ShouldBe("hello");
        session.Text("userId").ShouldBe("u1");
        session.GetProperty("tags")[0].GetString().ShouldBe("t1");
        session.GetProperty("metadata").Text("k").ShouldBe("v");
        session.Text("status").ShouldBe("active");
        session.GetProperty("messageCount").GetInt32().ShouldBe(1);
        session.GetProperty("firstSequence").GetInt64().ShouldBe(1);
        session.GetProperty("lastSequence").GetInt64().ShouldBe(1);
        session.GetProperty("runOrdinal").GetInt32().ShouldBe(1);
        session.GetProperty("turn").GetInt32().ShouldBe(1);
        session.Text("currentRunId").ShouldBe(start.Headers.GetValues("Everturn-Run-Id").Single());
        session.GetProperty("createdAt").GetDateTimeOffset().Offset.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_session_is_deleted_once_it_does_not_run_any_more()
    {
        await using var host = await SessionHost.StartAsync();
        var runId = await host.StartRunAsync("s1");
        var before = await host.ContentAsync();

        using var refused = await host.Http.DeleteAsync("/sessions/s1", Token);
        (await refused.ProblemAsync(409, "session_running")).Text("runId").ShouldBe(runId);
        (await host.ContentAsync()).ShouldBe(before);

        await host.EndRunAsync("s1");
        using var deleted = await host.Http.DeleteAsync("/sessions/s1", Token);
        ((int)deleted.StatusCode).ShouldBe(204);
        using var again = await host.Http.DeleteAsync("/sessions/s1", Token);
        await again.ProblemAsync(404, "session_not_found");
        using var status = await host.Http.GetAsync("/sessions/s1/status", Token);
        await status.ProblemAsync(404, "session_not_found");
        (await IdsAsync(host, "")).ShouldBeEmpty();
    }

    private static async Task<List<string>> IdsAsync(SessionHost host, string query)
    {
        var page = await host.Http.GetJsonAsync("/sessions" + query);
        return [.. page.GetProperty("sessions").EnumerateArray().Select(session => session.Text("sessionId"))];
    }
}
