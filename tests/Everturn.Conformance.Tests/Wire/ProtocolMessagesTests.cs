namespace Everturn.Conformance.Tests.Wire;

/// <summary>Connections without frames of the protocol.</summary>
public sealed class ProtocolMessagesTests(ConformanceServer server)
{
    private readonly string _name = Frames.NewName();

    private string Path => $"/agents/test-protocol-messages-agent/{_name}";

    [Fact]
    public async Task A_suppressed_connection_gets_no_frame_at_connect_or_later()
    {
        await using var quiet = await RawClient.ConnectAsync(server, Path + "?protocol=false");
        await using var loud = await RawClient.ConnectAsync(server, Path);
        await loud.ReceiveAsync(3);

        await loud.SetStateAsync("""{"value":1}""");
        await loud.CallAsync("getValue");

        (await quiet.DrainAsync("getValue")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_suppressed_connection_can_call_and_stays_suppressed_when_it_sets_the_state()
    {
        await using var quiet = await RawClient.ConnectAsync(server, Path + "?protocol=false");
        await using var loud = await RawClient.ConnectAsync(server, Path);
        await loud.ReceiveAsync(3);

        (await quiet.CallAsync("setValue", "[5]"))["result"]!.GetValue<int>().ShouldBe(5);

        (await loud.ReceiveAsync()).State().ShouldBe("""{"value":5}""");
        (await quiet.DrainAsync("getValue")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Broadcasts_of_the_application_reach_suppressed_connections_too()
    {
        await using var quiet = await RawClient.ConnectAsync(server, Path + "?protocol=false");
        await using var loud = await RawClient.ConnectAsync(server, Path);
        await loud.ReceiveAsync(3);

        await loud.SendCallAsync("shout", "[\"hello\"]");

        (await quiet.ReceiveTextAsync()).ShouldBe("hello");
        (await loud.ReceiveTextAsync()).ShouldBe("hello");
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("?protocol=true", true)]
    [InlineData("?protocol=false", false)]
    public async Task The_agent_knows_which_connections_take_part(string query, bool enabled)
    {
        await using var client = await RawClient.ConnectAsync(server, Path + query);

        (await client.CallAsync("isProtocolEnabled"))["result"]!.GetValue<bool>().ShouldBe(enabled);
    }

    [Fact]
    public async Task What_is_kept_with_a_connection_does_not_touch_its_flags()
    {
        await using var quiet = await RawClient.ConnectAsync(server, Path + "?protocol=false");

        (await quiet.CallAsync("remember", "[\"mine\"]"))["result"]!.GetValue<string>().ShouldBe("mine");

        (await quiet.CallAsync("isProtocolEnabled"))["result"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task The_flag_is_decided_anew_for_each_connection_of_the_same_client()
    {
        await using (var quiet = await RawClient.ConnectAsync(server, Path + "?protocol=false&_pk=same"))
        {
            await quiet.CallAsync("getValue");
            await quiet.CloseAsync(1000, "");
        }

        await using var loud = await RawClient.ConnectAsync(server, Path + "?_pk=same");

        (await loud.ReceiveAsync()).Type().ShouldBe("cf_agent_identity");
    }

    [Fact]
    public async Task The_initial_state_is_made_by_whoever_reads_it_first()
    {
        await using var quiet = await RawClient.ConnectAsync(server, Path + "?protocol=false");

        (await quiet.CallAsync("getValue"))["result"]!.GetValue<int>().ShouldBe(0);

        await using var loud = await RawClient.ConnectAsync(server, Path);
        (await loud.ReceiveAsync(3))[1].State().ShouldBe("""{"value":0}""");
        (await loud.DrainAsync("getValue")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_state_frame_of_a_suppressed_connection_is_taken()
    {
        await using var quiet = await RawClient.ConnectAsync(server, Path + "?protocol=false");

        await quiet.SetStateAsync("""{"value":8}""");

        (await quiet.CallAsync("getValue"))["result"]!.GetValue<int>().ShouldBe(8);
    }
}
