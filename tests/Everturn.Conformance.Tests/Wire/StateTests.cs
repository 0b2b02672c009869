namespace Everturn.Conformance.Tests.Wire;

/// <summary>State, as frames.</summary>
public sealed class StateTests(ConformanceServer server)
{
    private const string Initial = """{"count":0,"items":[],"lastUpdated":null}""";

    private readonly string _name = Frames.NewName();

    private Task<RawClient> ConnectAsync() => RawClient.ConnectAsync(server, "test-state-agent", _name, 3);

    [Fact]
    public async Task A_clients_state_goes_to_the_others_as_it_was_sent()
    {
        await using var writer = await ConnectAsync();
        await using var reader = await ConnectAsync();

        await writer.SetStateAsync("""{"lastUpdated":"x","count":1,"items":["é"],"unknown":{"kept":[null]}}""");

        var frame = await reader.ReceiveAsync();
        frame.Type().ShouldBe("cf_agent_state");
        frame["state"]!["unknown"]!.ToJsonString().ShouldBe("""{"kept":[null]}""");
        frame["state"]!["count"]!.GetValue<int>().ShouldBe(1);
        (await writer.DrainAsync("ping")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_new_connection_gets_the_stored_state()
    {
        await using var writer = await ConnectAsync();
        await writer.SetStateAsync("""{"count":3,"items":[],"lastUpdated":null}""");
        await writer.CallAsync("ping");

        await using var late = await RawClient.ConnectAsync(server, $"/agents/test-state-agent/{_name}");
        var frames = await late.ReceiveAsync(3);

        frames[1].State().ShouldBe("""{"count":3,"items":[],"lastUpdated":null}""");
    }

    [Fact]
    public async Task State_set_by_the_server_goes_to_everybody()
    {
        await using var first = await ConnectAsync();
        await using var second = await ConnectAsync();

        await first.SendCallAsync("setCount", "[9]");

        (await first.ReceiveAsync())["state"]!["count"]!.GetValue<int>().ShouldBe(9);
        (await second.ReceiveAsync())["state"]!["count"]!.GetValue<int>().ShouldBe(9);
    }

    [Theory]
    [InlineData("""{"count":-1,"items":[],"lastUpdated":null}""")]
    [InlineData("""{"count":"many","items":[],"lastUpdated":null}""")]
    [InlineData("""{"count":1.5}""")]
    [InlineData("""{"count":99999999999999}""")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("1")]
    [InlineData("true")]
    public async Task I11_a_state_that_is_not_acceptable_is_refused_and_changes_nothing(string state)
    {
        await using var writer = await ConnectAsync();
        await using var reader = await ConnectAsync();

        await writer.SetStateAsync(state);

        (await writer.ReceiveAsync())
            .ToJsonString()
            .ShouldBe("""{"type":"cf_agent_state_error","error":"State update rejected"}""");
        (await reader.DrainAsync("ping")).ShouldBeEmpty();
        (await server.Http.GetStringAsync($"/agents/test-state-agent/{_name}/state")).ShouldBe(
            $$"""{"state":{{Initial}}}"""
        );
    }

    [Fact]
    public async Task A_hook_that_fails_takes_nothing_back()
    {
        await using var writer = await ConnectAsync();
        await using var reader = await ConnectAsync();

        await writer.SetStateAsync("""{"count":4,"items":[],"lastUpdated":"fail in the hook"}""");

        (await reader.ReceiveAsync())["state"]!["count"]!.GetValue<int>().ShouldBe(4);
        (await writer.CallAsync("ping"))["result"]!.GetValue<string>().ShouldBe("pong");
        (await server.Http.GetStringAsync($"/agents/test-state-agent/{_name}/state")).ShouldContain("\"count\":4");
    }

    [Fact]
    public async Task The_hook_learns_who_changed_the_state()
    {
        await using var client = await RawClient.ConnectAsync(server, $"/agents/test-state-agent/{_name}?_pk=me");
        await client.ReceiveAsync(3);
        await client.SetStateAsync("""{"count":1,"items":[],"lastUpdated":null}""");
        await client.CallAsync("setCount", "[2]");
        await client.CallAsync("ping");

        var updates = await server.Http.GetStringAsync($"/agents/test-state-agent/{_name}/state-updates");

        updates.ShouldContain("""{"state":{"count":1,"items":[],"lastUpdated":null},"source":"me"}""");
        updates.ShouldContain("""{"state":{"count":2,"items":[],"lastUpdated":"server"},"source":"server"}""");
    }

    [Fact]
    public async Task Updates_of_one_client_arrive_in_order_and_none_is_lost()
    {
        await using var writer = await ConnectAsync();
        await using var reader = await ConnectAsync();

        for (var count = 1; count <= 200; count++)
        {
            await writer.SetStateAsync($$"""{"count":{{count}},"items":[],"lastUpdated":null}""");
        }

        var counts = (await reader.ReceiveAsync(200)).Select(frame => frame["state"]!["count"]!.GetValue<int>());
        counts.ShouldBe(Enumerable.Range(1, 200));
    }

    [Fact]
    public async Task The_initial_state_is_sent_once_to_whom_it_is_made_for()
    {
        await using var client = await ConnectAsync();

        (await client.DrainAsync("ping")).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_agent_without_state_sends_none_and_takes_none_it_cannot_read()
    {
        await using var client = await RawClient.ConnectAsync(
            server,
            $"/agents/test-stateless-agent/{Frames.NewName()}"
        );

        var frames = await client.ReceiveAsync(2);

        frames.Select(frame => frame.Type()).ShouldBe(["cf_agent_identity", "cf_agent_mcp_servers"]);
        frames[0].AsObject().ContainsKey("stateFollows").ShouldBeFalse();
    }

    [Fact]
    public async Task A_state_of_null_is_a_state()
    {
        await using var client = await RawClient.ConnectAsync(server, "test-stateless-agent", _name, 2);
        await using var other = await RawClient.ConnectAsync(server, "test-stateless-agent", _name, 2);

        await client.SetStateAsync("null");

        (await other.ReceiveAsync()).ToJsonString().ShouldBe("""{"type":"cf_agent_state","state":null}""");
        await using var late = await RawClient.ConnectAsync(server, $"/agents/test-stateless-agent/{_name}");
        (await late.ReceiveAsync(3))[1].ToJsonString().ShouldBe("""{"type":"cf_agent_state","state":null}""");
    }
}
