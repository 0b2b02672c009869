using System.Net;
using System.Text;

namespace Everturn.Conformance.Tests.Wire;

/// <summary>Which path leads where.</summary>
public sealed class RoutingTests(ConformanceServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", 404)]
    [InlineData("/agents", 404)]
    [InlineData("/agents/", 404)]
    [InlineData("/agents/test-state-agent", 404)]
    [InlineData("/agents/test-state-agent/", 404)]
    [InlineData("/elsewhere/test-state-agent/a/state", 404)]
    [InlineData("/agents/nobody/a", 400)]
    [InlineData("/agents/TestStateAgent/a/state", 400)]
    [InlineData("/agents/TEST-STATE-AGENT/a/state", 400)]
    [InlineData("/agents/test_state_agent/a/state", 400)]
    [InlineData("/agents/test%2Dstate-agent/a/state", 400)]
    [InlineData("/agents/test-state-agent/a/state", 200)]
    [InlineData("/agents//test-state-agent//a///state", 200)]
    [InlineData("/api/agents/test-state-agent/a/state", 200)]
    [InlineData("/agents/test-state-agent/a/nothing", 404)]
    [InlineData("/agents/test-state-agent/a%00b/state", 400)]
    [InlineData("/agents/test-state-agent/%2e%2e/%2e%2e/nothing", 404)]
    [InlineData("/500", 500)]
    public async Task A_request_is_answered(string path, int status)
    {
        (await StatusAsync(path)).ShouldBe(status);
    }

    [Theory]
    [InlineData("/agents/nobody/a", 400)]
    [InlineData("/agents/test-state-agent", 404)]
    [InlineData("/agents/test-state-agent/forbidden", 403)]
    [InlineData("/nowhere", 404)]
    public async Task A_connection_to_nowhere_is_refused(string path, int status) =>
        (await RawClient.RefusalAsync(server, path)).ShouldBe(status);

    [Fact]
    public async Task An_unknown_agent_is_told_in_the_words_of_upstream() =>
        (await (await server.Http.GetAsync("/agents/nobody/a", Token)).Content.ReadAsStringAsync(Token)).ShouldBe(
            "Invalid request"
        );

    [Theory]
    [InlineData(512, 200)]
    [InlineData(513, 400)]
    [InlineData(7000, 400)]
    public async Task A_name_has_a_length(int length, int status) =>
        (await StatusAsync($"/agents/test-state-agent/{new string('n', length)}/state")).ShouldBe(status);

    [Theory]
    [InlineData("..")]
    [InlineData("%2e%2e")]
    [InlineData("..%2f..%2fetc%2fpasswd")]
    [InlineData("a%2fb")]
    [InlineData("%2F")]
    [InlineData("a%5Cb")]
    [InlineData("%C3%A4")]
    [InlineData("a'b\"c")]
    [InlineData("con")]
    [InlineData("-")]
    [InlineData("...")]
    public async Task A_name_that_plays_tricks_reaches_its_own_object_or_none(string name)
    {
        var unique = Frames.NewName();
        await using var victim = await RawClient.ConnectAsync(server, "test-state-agent", unique, 3);

        var status = await RawHttp.StatusAsync(server, $"GET /agents/test-state-agent/{name}/state HTTP/1.1");

        status.ShouldBeOneOf(200, 400, 404);
        (await victim.CallAsync("ping"))["result"]!.GetValue<string>().ShouldBe("pong");
    }

    [Fact]
    public async Task The_identity_is_the_segment_as_it_stands_in_the_path()
    {
        var name = Frames.NewName() + "%20a%2Fb+c~";
        await using var client = await RawClient.ConnectAsync(server, $"/agents/test-state-agent/{name}");

        ((string)(await client.ReceiveAsync())["name"]!).ShouldBe(name);
    }

    [Fact]
    public async Task A_connection_without_an_id_is_given_one()
    {
        await using var first = await RawClient.ConnectAsync(server, $"/agents/test-callable-agent/{Frames.NewName()}");
        await using var second = await RawClient.ConnectAsync(
            server,
            $"/agents/test-callable-agent/{Frames.NewName()}?_pk="
        );

        var one = (await first.CallAsync("connectionId"))["result"]!.GetValue<string>();
        var other = (await second.CallAsync("connectionId"))["result"]!.GetValue<string>();

        one.ShouldNotBeEmpty();
        other.ShouldNotBeEmpty();
        other.ShouldNotBe(one);
    }

    [Fact]
    public async Task Two_connections_may_have_one_id_for_a_moment()
    {
        var path = $"/agents/test-callable-agent/{Frames.NewName()}?_pk=same";
        await using var old = await RawClient.ConnectAsync(server, path);
        await using var young = await RawClient.ConnectAsync(server, path);
        await old.ReceiveAsync(3);

        (await young.CallAsync("add", "[1,1]"))["result"]!.GetValue<int>().ShouldBe(2);
        await old.CloseAsync(1000, "");
        (await young.CallAsync("add", "[1,2]"))["result"]!.GetValue<int>().ShouldBe(3);
    }

    [Fact]
    public async Task An_id_that_is_too_long_is_refused() =>
        (await RawClient.RefusalAsync(server, $"/agents/test-callable-agent/a?_pk={new string('x', 257)}")).ShouldBe(
            400
        );

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task Method_body_and_whole_path_reach_the_agent(string method)
    {
        var name = Frames.NewName();
        using var request = new HttpRequestMessage(new(method), $"/agents/test-state-agent/{name}/echo?x=1");
        if (method != "GET")
        {
            request.Content = new StringContent("the body", Encoding.UTF8, "text/plain");
        }

        using var answer = await server.Http.SendAsync(request, Token);

        (await answer.Content.ReadAsStringAsync(Token)).ShouldBe(
            $$"""{"method":"{{method}}","body":"{{(method == "GET" ? "" : "the body")}}","path":"/agents/test-state-agent/{{name}}/echo"}"""
        );
    }

    [Fact]
    public async Task Objects_are_isolated_by_class_and_name()
    {
        var name = Frames.NewName();
        await using var client = await RawClient.ConnectAsync(server, "test-state-agent", name, 3);
        await client.CallAsync("setCount", "[5]");

        (await server.Http.GetStringAsync($"/agents/test-state-agent/{name}/state", Token)).ShouldContain(
            "\"count\":5"
        );
        (await server.Http.GetStringAsync($"/agents/test-state-agent/{name}x/state", Token)).ShouldContain(
            "\"count\":0"
        );
        await using var other = await RawClient.ConnectAsync(server, "test-callable-agent", name, 3);
        (await other.CallAsync("getValue"))["result"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task A_preflight_is_answered_without_asking_the_agent()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/agents/test-failing-agent/a/b");

        using var answer = await server.Http.SendAsync(request, Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
        answer.Headers.GetValues("Access-Control-Max-Age").ShouldBe(["86400"]);
    }

    [Fact]
    public async Task Errors_carry_the_headers_for_other_origins_too()
    {
        using var answer = await server.Http.GetAsync("/agents/test-failing-agent/a", Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        answer.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
        (await answer.Content.ReadAsStringAsync(Token)).ShouldNotContain("request refused");
    }

    private async Task<int> StatusAsync(string path) => await RawHttp.StatusAsync(server, $"GET {path} HTTP/1.1");
}
