using System.Net.WebSockets;
using System.Text;

namespace Everturn.Conformance.Tests.Wire;

/// <summary>What arrives on a socket, and what becomes of it.</summary>
public sealed class MessageHandlingTests(ConformanceServer server)
{
    [Fact]
    public async Task A_connection_begins_with_identity_state_and_MCP_servers()
    {
        var name = Frames.NewName();
        await using var client = await RawClient.ConnectAsync(server, $"/agents/test-state-agent/{name}");

        var frames = await client.ReceiveAsync(3);

        frames[0]
            .ToJsonString()
            .ShouldBe(
                $$"""{"type":"cf_agent_identity","name":"{{name}}","agent":"test-state-agent","stateFollows":true}"""
            );
        frames[1]
            .ToJsonString()
            .ShouldBe("""{"type":"cf_agent_state","state":{"count":0,"items":[],"lastUpdated":null}}""");
        frames[2]
            .ToJsonString()
            .ShouldBe(
                """{"type":"cf_agent_mcp_servers","mcp":{"servers":{},"tools":[],"prompts":[],"resources":[]}}"""
            );
        (await client.DrainAsync("ping")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_identity_a_connection_begins_with_state_and_MCP_servers()
    {
        await using var client = await RawClient.ConnectAsync(
            server,
            $"/agents/test-no-identity-agent/{Frames.NewName()}"
        );

        (await client.ReceiveAsync(2))
            .Select(frame => frame.Type())
            .ShouldBe(["cf_agent_state", "cf_agent_mcp_servers"]);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{\"type\":")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("42")]
    [InlineData("{}")]
    [InlineData("{\"type\":\"unknown\"}")]
    [InlineData("{\"type\":42}")]
    [InlineData("{\"type\":null}")]
    [InlineData("{\"type\":\"cf_agent_state\"}")]
    [InlineData("{\"type\":\"rpc\"}")]
    [InlineData("{\"type\":\"rpc\",\"id\":\"1\",\"method\":\"add\"}")]
    [InlineData("{\"type\":\"rpc\",\"id\":\"1\",\"method\":\"add\",\"args\":null}")]
    [InlineData("{\"type\":\"rpc\",\"id\":\"1\",\"method\":\"add\",\"args\":{}}")]
    [InlineData("{\"type\":\"rpc\",\"id\":1,\"method\":\"add\",\"args\":[]}")]
    [InlineData("{\"type\":\"rpc\",\"id\":\"1\",\"method\":null,\"args\":[]}")]
    [InlineData("{\"type\":\"rpc\",\"id\":\"\\ud800\",\"method\":\"add\",\"args\":[]}")]
    [InlineData("{\"type\":\"rpc\",\"method\":\"add\",\"args\":[]}")]
    public async Task What_is_not_exactly_a_frame_of_the_protocol_is_the_agents_own_message(string text)
    {
        await using var client = await RawClient.ConnectAsync(server, "test-greeting-agent", Frames.NewName(), 2);
        (await client.ReceiveTextAsync()).ShouldBe("welcome");

        await client.SendAsync(text);

        (await client.ReceiveTextAsync()).ShouldBe($"you said: {text}");
    }

    [Fact]
    public async Task Members_that_are_not_known_do_not_matter()
    {
        await using var client = await RawClient.ConnectAsync(server, "test-callable-agent", Frames.NewName(), 3);

        await client.SendAsync("""{"extra":{"a":[1]},"type":"rpc","args":[1,2],"id":"x","method":"add","more":null}""");

        (await client.ReceiveAsync())
            .ToJsonString()
            .ShouldBe("""{"type":"rpc","id":"x","success":true,"done":true,"result":3}""");
    }

    [Fact]
    public async Task A_binary_message_is_the_agents_own_whatever_is_in_it()
    {
        await using var client = await RawClient.ConnectAsync(server, "test-greeting-agent", Frames.NewName(), 2);
        await client.ReceiveTextAsync();
        var rpc = Encoding.UTF8.GetBytes("""{"type":"rpc","id":"1","method":"add","args":[]}""");

        await client.SendAsync(rpc, WebSocketMessageType.Binary);
        (await client.ReceiveBytesAsync()).ShouldBe(rpc);

        await client.SendAsync([], WebSocketMessageType.Binary);
        (await client.ReceiveBytesAsync()).ShouldBe([]);
    }

    [Fact]
    public async Task An_agent_that_handles_no_messages_ignores_them()
    {
        await using var client = await RawClient.ConnectAsync(server, "test-callable-agent", Frames.NewName(), 3);

        await client.SendAsync("whatever");
        await client.SendAsync([1, 2, 3], WebSocketMessageType.Binary);

        (await client.CallAsync("add", "[1,1]"))["result"]!.GetValue<int>().ShouldBe(2);
    }

    [Fact]
    public async Task A_message_of_the_largest_size_is_taken()
    {
        await using var client = await RawClient.ConnectAsync(server, "test-greeting-agent", Frames.NewName(), 2);
        await client.ReceiveTextAsync();
        var text = new string('x', 1024 * 1024);

        await client.SendAsync(text);

        (await client.ReceiveTextAsync()).ShouldBe("you said: " + text);
    }

    [Fact]
    public async Task A_message_that_is_too_large_closes_its_socket_and_no_other()
    {
        var name = Frames.NewName();
        await using var other = await RawClient.ConnectAsync(server, "test-callable-agent", name, 3);
        await using var client = await RawClient.ConnectAsync(server, "test-callable-agent", name, 3);

        await client.SendAsync(new string('x', (1024 * 1024) + 1));

        (await client.ReceiveBytesAsync()).ShouldBeNull();
        client.CloseStatus.ShouldBe(WebSocketCloseStatus.MessageTooBig);
        (await other.CallAsync("add", "[1,1]"))["result"]!.GetValue<int>().ShouldBe(2);
    }

    [Fact]
    public async Task JSON_that_is_too_deep_is_a_message()
    {
        await using var client = await RawClient.ConnectAsync(server, "test-greeting-agent", Frames.NewName(), 2);
        await client.ReceiveTextAsync();
        var deep = """{"type":"cf_agent_state","state":""" + new string('[', 5000) + new string(']', 5000) + "}";

        await client.SendAsync(deep);

        (await client.ReceiveTextAsync()).ShouldBe("you said: " + deep);
    }
}
