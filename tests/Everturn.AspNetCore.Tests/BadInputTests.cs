using System.Text;

namespace Everturn.AspNetCore.Tests;

/// <summary>Invariant 11: bad input gets a problem that names the field, and changes nothing.</summary>
public sealed class BadInputTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Bodies() =>
        new()
        {
            { "", "body", "malformed_json" },
            { "   ", "body", "malformed_json" },
            { "{", "body", "malformed_json" },
            { "{} x", "body", "malformed_json" },
            { "{\"a\":1,}", "body", "malformed_json" },
            { "{\"unknown\":\"\\ud800\"}", "body", "malformed_json" },
            { new string('[', 100), "body", "malformed_json" },
            { "null", "body", "invalid_input" },
            { "[]", "body", "invalid_input" },
            { "\"text\"", "body", "invalid_input" },
            { "{}", "agentType", "invalid_input" },
            { """{"agentType":1}""", "agentType", "invalid_input" },
            { """{"agentType":"writer","agentType":"writer"}""", "agentType", "invalid_input" },
            { """{"agentType":"Writer","sessionId":"s1","input":{"message":"m"}}""", "agentType", "invalid_input" },
            { """{"agentType":"writer","sessionId":"s1"}""", "input", "invalid_input" },
            { """{"agentType":"writer","sessionId":"s1","input":"m"}""", "input", "invalid_input" },
            { """{"agentType":"writer","sessionId":"s1","input":{}}""", "input.message", "invalid_input" },
            { """{"agentType":"writer","sessionId":"s1","input":{"message":""}}""", "input.message", "invalid_input" },
            { """{"agentType":"writer","sessionId":"s1","input":{"message":1}}""", "input.message", "invalid_input" },
            { """{"agentType":"writer","input":{"message":"m"}}""", "sessionId", "invalid_input" },
            { """{"agentType":"writer","sessionId":"s2","input":{"message":"m"}}""", "sessionId", "invalid_input" },
            { Input(""","state":[]"""), "input.state", "invalid_input" },
            { Input(""","state":"x" """), "input.state", "invalid_input" },
            { Input(""","messages":{}"""), "input.messages", "invalid_input" },
            { Input(""","messages":[null]"""), "input.messages[0]", "invalid_input" },
            { Input(""","messages":[{"content":"x"}]"""), "input.messages[0].role", "invalid_input" },
            { Input(""","messages":[{"role":"user"}]"""), "input.messages[0].content", "invalid_input" },
            { Input(""","messages":[{"role":"tool","content":"x"}]"""), "input.messages[0].role", "invalid_input" },
            {
                Input(""","messages":[{"role":"assistant","content":"x"}]"""),
                "input.messages[0].role",
                "invalid_input"
            },
            {
                Input(
                    ""","messages":[{"role":"user","content":"x","files":[{"data":"http://x","mediaType":"a/b"}]}]"""
                ),
                "input.messages[0].files[0].data",
                "invalid_input"
            },
            { Body(""","userId":7"""), "userId", "invalid_input" },
            { Body(""","tags":"a" """), "tags", "invalid_input" },
            { Body(""","tags":["a",null]"""), "tags[1]", "invalid_input" },
            { Body(""","tags":["a",1]"""), "tags[1]", "invalid_input" },
            { Body(""","metadata":{"k":1}"""), "metadata.k", "invalid_input" },
            { Body(""","metadata":{"k":null}"""), "metadata.k", "invalid_input" },
            { Body(""","requestId":"" """), "requestId", "invalid_input" },
            { Body(""","requestId":"ä" """), "requestId", "invalid_input" },
        };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Invariant_11_a_bad_start_changes_nothing(string body, string field, string code)
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");
        await host.EndRunAsync("s1");
        var before = await host.ContentAsync();

        using var response = await host.Http.PostJsonAsync("/sessions/s1/start", body);

        await response.ProblemAsync(400, code, field);
        (await host.ContentAsync()).ShouldBe(before);
    }

    [Theory]
    [InlineData("{\"reason\":1}", "reason", "invalid_input")]
    [InlineData("{\"mode\":\"now\"}", "mode", "invalid_input")]
    [InlineData("{\"mode\":true}", "mode", "invalid_input")]
    [InlineData("[]", "body", "invalid_input")]
    [InlineData("{", "body", "malformed_json")]
    public async Task Invariant_11_a_bad_interrupt_changes_nothing(string body, string field, string code)
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");
        var before = await host.ContentAsync();

        using var response = await host.Http.PostJsonAsync("/sessions/s1/interrupt", body);

        await response.ProblemAsync(400, code, field);
        (await host.ContentAsync()).ShouldBe(before);
    }

    [Theory]
    [InlineData("/sessions?limit=0", "limit")]
    [InlineData("/sessions?limit=1001", "limit")]
    [InlineData("/sessions?limit=ten", "limit")]
    [InlineData("/sessions?limit=", "limit")]
    [InlineData("/sessions?limit=1&limit=2", "limit")]
    [InlineData("/sessions?status=done", "status")]
    [InlineData("/sessions?agentType=Bad_Name", "agentType")]
    [InlineData("/sessions?cursor=nonsense", "cursor")]
    [InlineData("/sessions/s__1", "sessionId")]
    [InlineData("/sessions/s%201/status", "sessionId")]
    [InlineData("/sessions/s%201/sse", "sessionId")]
    [InlineData("/sessions/s1/sse?fromSequence=-1", "fromSequence")]
    [InlineData("/sessions/s1/sse?fromSequence=99999999999999999999", "fromSequence")]
    [InlineData("/sessions/s1/sse?follow=yes", "follow")]
    [InlineData("/sessions/s1/messages?offset=-1", "offset")]
    [InlineData("/sessions/s1/messages?offset=x", "offset")]
    [InlineData("/sessions/s1/messages?limit=0", "limit")]
    [InlineData("/sessions/s1/runs?limit=0", "limit")]
    [InlineData("/sessions/s1/runs?cursor=nonsense", "cursor")]
    [InlineData("/sessions/s1/history?fromSequence=x", "fromSequence")]
    [InlineData("/sessions/s1/history?limit=0", "limit")]
    public async Task Invariant_11_a_bad_query_is_refused(string path, string field)
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");

        using var response = await host.Http.GetAsync(path, Token);

        await response.ProblemAsync(400, "invalid_input", field);
    }

    [Fact]
    public async Task Invariant_11_a_bad_last_event_id_is_refused()
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sessions/s1/sse");
        request.Headers.TryAddWithoutValidation("Last-Event-ID", "abc");

        using var response = await host.Http.SendAsync(request, Token);

        await response.ProblemAsync(400, "invalid_input", "Last-Event-ID");
    }

    [Theory]
    [InlineData("")]
    [InlineData("tab\tinside")]
    [InlineData("other")]
    public async Task Invariant_11_a_bad_idempotency_key_is_refused(string key)
    {
        await using var host = await SessionHost.StartAsync();
        var body = Body(""","requestId":"r1" """);

        using var response = await host.Http.PostJsonAsync("/sessions/s1/start", body, ("Idempotency-Key", key));

        await response.ProblemAsync(400, "invalid_input", key == "other" ? "requestId" : "Idempotency-Key");
        (await host.ContentAsync()).ShouldBe("[]");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    public async Task Invariant_11_a_body_that_is_not_json_is_refused(string? contentType)
    {
        await using var host = await SessionHost.StartAsync();
        var body = Encoding.UTF8.GetBytes(SessionHost.Body("s1"));

        using var response = await host.Http.PostBytesAsync("/sessions/s1/start", body, contentType);

        await response.ProblemAsync(415, "unsupported_media_type", "Content-Type");
        (await host.ContentAsync()).ShouldBe("[]");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/vnd.example+json")]
    public async Task A_body_that_says_json_in_another_way_is_read(string contentType)
    {
        await using var host = await SessionHost.StartAsync();
        var body = Encoding.UTF8.GetBytes(SessionHost.Body("s1"));

        using var response = await host.Http.PostBytesAsync("/sessions/s1/start", body, contentType);

        ((int)response.StatusCode).ShouldBe(200);
    }

    [Fact]
    public async Task Invariant_11_a_body_that_is_not_utf8_is_refused()
    {
        await using var host = await SessionHost.StartAsync();
        var body = Encoding.Latin1.GetBytes(SessionHost.Body("s1", "h\u00e9llo"));

        using var response = await host.Http.PostBytesAsync("/sessions/s1/start", body, "application/json");

        await response.ProblemAsync(400, "malformed_json", "body");
        (await host.ContentAsync()).ShouldBe("[]");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Invariant_11_a_body_that_is_too_large_is_refused(bool lengthKnown)
    {
        await using var host = await SessionHost.StartAsync();
        var body = Encoding.UTF8.GetBytes(SessionHost.Body("s1", new string('x', 4 * 1024 * 1024)));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sessions/s1/start");
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TransferEncodingChunked = lengthKnown ? null : true;

        using var response = await host.Http.SendAsync(request, Token);

        await response.ProblemAsync(413, "payload_too_large", "body");
        (await host.ContentAsync()).ShouldBe("[]");
    }

    [Theory]
    [InlineData("GET", "/sessions/s1")]
    [InlineData("DELETE", "/sessions/s1")]
    [InlineData("GET", "/sessions/s1/status")]
    [InlineData("GET", "/sessions/s1/sse")]
    [InlineData("GET", "/sessions/s1/sse?follow=true")]
    [InlineData("GET", "/sessions/s1/messages")]
    [InlineData("GET", "/sessions/s1/usage")]
    [InlineData("GET", "/sessions/s1/snapshot")]
    [InlineData("GET", "/sessions/s1/runs")]
    [InlineData("GET", "/sessions/s1/history")]
    [InlineData("POST", "/sessions/s1/interrupt")]
    [InlineData("POST", "/sessions/s1/abort")]
    public async Task An_unknown_session_is_not_found(string method, string path)
    {
        await using var host = await SessionHost.StartAsync();
        using var request = new HttpRequestMessage(new(method), path);

        using var response = await host.Http.SendAsync(request, Token);

        (await response.ProblemAsync(404, "session_not_found")).Text("sessionId").ShouldBe("s1");
        (await host.ContentAsync()).ShouldBe("[]");
    }

    private static string Input(string more) =>
        $$$"""{"agentType":"writer","sessionId":"s1","input":{"message":"m"{{{more}}}}}""";

    private static string Body(string more) =>
        $$$"""{"agentType":"writer","sessionId":"s1","input":{"message":"m"}{{{more}}}}""";
}
