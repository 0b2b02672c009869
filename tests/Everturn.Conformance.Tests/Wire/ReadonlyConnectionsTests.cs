namespace Everturn.Conformance.Tests.Wire;

/// <summary>Connections that may only read.</summary>
public sealed class ReadonlyConnectionsTests(ConformanceServer server)
{
    private const string Refusal = """{"type":"cf_agent_state_error","error":"Connection is readonly"}""";

    private readonly string _name = Frames.NewName();

    private async Task<RawClient> ConnectAsync(string query = "")
    {
        var client = await RawClient.ConnectAsync(server, $"/agents/test-readonly-agent/{_name}{query}");
        await client.ReceiveAsync(3);
        return client;
    }

    [Fact]
    public async Task State_frames_are_refused_and_nobody_sees_them()
    {
        await using var reader = await ConnectAsync("?readonly=true");
        await using var other = await ConnectAsync();

        await reader.SetStateAsync("""{"value":9}""");

        (await reader.ReceiveAsync()).ToJsonString().ShouldBe(Refusal);
        (await other.DrainAsync("getValue")).ShouldBeEmpty();
        (await other.CallAsync("getValue"))["result"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task Each_of_many_refusals_is_answered()
    {
        await using var reader = await ConnectAsync("?readonly=true");

        for (var i = 0; i < 50; i++)
        {
            await reader.SetStateAsync("""{"value":9}""");
        }

        (await reader.ReceiveAsync(50)).ShouldAllBe(frame => frame.ToJsonString() == Refusal);
    }

    [Fact]
    public async Task A_call_that_sets_the_state_fails_and_others_do_not()
    {
        await using var reader = await ConnectAsync("?readonly=true");

        var refused = await reader.CallAsync("setValue", "[1]");

        refused["error"]!.GetValue<string>().ShouldBe("Connection is readonly");
        (await reader.CallAsync("getValue"))["result"]!.GetValue<int>().ShouldBe(0);
        (await reader.CallAsync("amIReadonly"))["result"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task It_gets_what_others_change()
    {
        await using var reader = await ConnectAsync("?readonly=true");
        await using var writer = await ConnectAsync();

        await writer.SetStateAsync("""{"value":2}""");

        (await reader.ReceiveAsync()).State().ShouldBe("""{"value":2}""");
    }

    [Fact]
    public async Task Other_connections_are_not_concerned()
    {
        await using var reader = await ConnectAsync("?readonly=true");
        await using var writer = await ConnectAsync();

        (await writer.CallAsync("amIReadonly"))["result"]!.GetValue<bool>().ShouldBeFalse();
        (await writer.CallAsync("setValue", "[3]"))["result"]!.GetValue<int>().ShouldBe(3);
    }

    [Fact]
    public async Task It_can_be_changed_while_the_connection_lasts()
    {
        await using var client = await ConnectAsync("?_pk=flips");
        await using var admin = await ConnectAsync();

        (await admin.CallAsync("setReadonly", "[\"flips\"]"))["result"]!.GetValue<bool>().ShouldBeTrue();
        (await client.CallAsync("setValue", "[1]"))["error"]!.GetValue<string>().ShouldBe("Connection is readonly");

        await admin.CallAsync("setReadonly", "[\"flips\",false]");
        (await client.CallAsync("setValue", "[1]"))["result"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task It_is_decided_anew_for_each_connection_of_the_same_client()
    {
        await using (var reader = await ConnectAsync("?readonly=true&_pk=same"))
        {
            await reader.CloseAsync(1000, "");
        }

        await using var writer = await ConnectAsync("?_pk=same");

        (await writer.CallAsync("amIReadonly"))["result"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_kept_with_a_connection_does_not_touch_it()
    {
        await using var reader = await ConnectAsync("?readonly=true");

        await reader.CallAsync("remember", "[\"mine\"]");

        (await reader.CallAsync("recall"))["result"]!.GetValue<string>().ShouldBe("mine");
        (await reader.CallAsync("amIReadonly"))["result"]!.GetValue<bool>().ShouldBeTrue();
    }
}
