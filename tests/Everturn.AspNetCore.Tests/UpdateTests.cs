using System.Text.Json;

namespace Everturn.AspNetCore.Tests;

public sealed class UpdateTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Title_tags_and_metadata_change_each_by_itself_and_while_a_run_is_running()
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");

        var renamed = await PatchAsync(host, """{"title":"Invoices of May"}""");
        var tagged = await PatchAsync(host, """{"tags":["work","2026"]}""");
        var described = await PatchAsync(host, """{"metadata":{"team":"blue"},"userId":"ann"}""");

        renamed.Text("title").ShouldBe("Invoices of May");
        tagged.GetProperty("tags").GetRawText().ShouldBe("""["work","2026"]""");
        described.GetProperty("metadata").GetRawText().ShouldBe("""{"team":"blue"}""");
        described.Text("userId").ShouldBe("ann");
        (await host.Http.GetJsonAsync("/sessions/s1")).GetRawText().ShouldBe(described.GetRawText());
        described.Text("title").ShouldBe("Invoices of May");
        (await host.Http.GetJsonAsync("/sessions/s1/status")).Text("status").ShouldBe("running");
        var found = await host.Http.GetJsonAsync("/sessions?text=invoices&tag=work&userId=ann");
        found.GetProperty("sessions").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task An_empty_list_takes_all_tags_away()
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");
        await PatchAsync(host, """{"tags":["work"],"metadata":{"team":"blue"}}""");

        var bare = await PatchAsync(host, """{"tags":[],"metadata":{}}""");

        bare.GetProperty("tags").GetArrayLength().ShouldBe(0);
        bare.GetProperty("metadata").GetRawText().ShouldBe("{}");
    }

    [Theory]
    [InlineData("", 400, "malformed_json", "body")]
    [InlineData("{}", 400, "invalid_input", "body")]
    [InlineData("null", 400, "invalid_input", "body")]
    [InlineData("""{"title":1}""", 400, "invalid_input", "title")]
    [InlineData("""{"tags":"work"}""", 400, "invalid_input", "tags")]
    [InlineData("""{"tags":["work",null]}""", 400, "invalid_input", "tags[1]")]
    [InlineData("""{"metadata":{"team":null}}""", 400, "invalid_input", "metadata.team")]
    [InlineData("""{"metadata":{"team":1}}""", 400, "invalid_input", "metadata.team")]
    [InlineData("""{"title":"a","title":"b"}""", 400, "invalid_input", "title")]
    public async Task Invariant_11_a_change_that_is_not_acceptable_changes_nothing(
        string body,
        int status,
        string code,
        string field
    )
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");
        var before = await host.ContentAsync();

        using var refused = await SendAsync(host, "s1", body);

        await refused.ProblemAsync(status, code, field);
        (await host.ContentAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Invariant_11_what_is_too_long_or_too_much_is_refused()
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");
        var before = await host.ContentAsync();
        var manyTags = JsonSerializer.Serialize(Enumerable.Range(0, 17).Select(i => $"t{i}"));

        using var longTitle = await SendAsync(host, "s1", $$"""{"title":"{{new string('x', 257)}}"}""");
        using var tooMany = await SendAsync(host, "s1", $$"""{"tags":{{manyTags}}}""");
        using var tooLarge = await SendAsync(host, "s1", $$"""{"title":"{{new string('x', 70_000)}}"}""");

        await longTitle.ProblemAsync(400, "invalid_input", "title");
        await tooMany.ProblemAsync(400, "invalid_input", "tags");
        await tooLarge.ProblemAsync(413, "payload_too_large", "body");
        (await host.ContentAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_session_that_is_not_there_cannot_be_changed()
    {
        await using var host = await SessionHost.StartAsync();

        using var missing = await SendAsync(host, "none", """{"title":"x"}""");

        await missing.ProblemAsync(404, "session_not_found");
    }

    [Fact]
    public async Task Only_who_operates_may_give_a_session_to_another_user()
    {
        await using var host = await SessionHost.StartSignedInAsync();
        using var ann = host.As("ann");
        using var started = await ann.PostJsonAsync("/sessions/s1/start", SessionHost.Body("s1"));
        var before = await host.ContentAsync();

        using var given = await ann.PatchAsync("/sessions/s1", Json("""{"userId":"bob"}"""), Token);

        await given.ProblemAsync(403, "forbidden");
        (await host.ContentAsync()).ShouldBe(before);
        using var same = await ann.PatchAsync("/sessions/s1", Json("""{"userId":"ann","title":"x"}"""), Token);
        ((int)same.StatusCode).ShouldBe(200);
    }

    private static async Task<JsonElement> PatchAsync(SessionHost host, string body)
    {
        using var response = await SendAsync(host, "s1", body);
        var json = await response.JsonAsync();
        ((int)response.StatusCode).ShouldBe(200, json.ToString());
        return json;
    }

    private static Task<HttpResponseMessage> SendAsync(SessionHost host, string sessionId, string body) =>
        host.Http.PatchAsync($"/sessions/{sessionId}", Json(body), Token);

    private static StringContent Json(string body) => new(body, null, "application/json");
}
