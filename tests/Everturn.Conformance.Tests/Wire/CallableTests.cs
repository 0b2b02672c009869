using System.Text.Json.Nodes;

namespace Everturn.Conformance.Tests.Wire;

/// <summary>Calls of methods, as frames.</summary>
public sealed class CallableTests(ConformanceServer server)
{
    [Theory]
    [InlineData("add", "[1,2]", """ "success":true,"done":true,"result":3 """)]
    [InlineData("add", "[1,2,3,4]", """ "success":true,"done":true,"result":3 """)]
    [InlineData("asyncMethod", "[1]", """ "success":true,"done":true,"result":"done" """)]
    [InlineData("voidMethod", "[]", """ "success":true,"done":true """)]
    [InlineData("returnUndefined", "[]", """ "success":true,"done":true """)]
    [InlineData("returnNull", "[]", """ "success":true,"done":true,"result":null """)]
    [InlineData("echo", "[{\"b\":1,\"a\":null}]", """ "success":true,"done":true,"result":{"b":1,"a":null} """)]
    [InlineData("throwError", "[\"broken\"]", """ "success":false,"error":"broken" """)]
    [InlineData("delayedThrow", "[1,\"late\"]", """ "success":false,"error":"late" """)]
    [InlineData("privateMethod", "[]", """ "success":false,"error":"Method privateMethod is not callable" """)]
    [InlineData("nowhere", "[]", """ "success":false,"error":"Method nowhere does not exist" """)]
    [InlineData("Add", "[1,2]", """ "success":false,"error":"Method Add does not exist" """)]
    [InlineData("", "[]", """ "success":false,"error":"Method  does not exist" """)]
    [InlineData("toString", "[]", """ "success":false,"error":"Method toString does not exist" """)]
    [InlineData("getType", "[]", """ "success":false,"error":"Method getType does not exist" """)]
    [InlineData("__proto__", "[]", """ "success":false,"error":"Method __proto__ does not exist" """)]
    [InlineData("setState", "[{}]", """ "success":false,"error":"Method setState is not callable" """)]
    [InlineData("destroy", "[]", """ "success":false,"error":"Method destroy is not callable" """)]
    [InlineData("onRequest", "[]", """ "success":false,"error":"Method onRequest is not callable" """)]
    [InlineData("streamThrowsImmediately", "[]", """ "success":false,"error":"Immediate failure" """)]
    public async Task A_call_is_answered_by_one_frame(string method, string arguments, string members)
    {
        await using var client = await RawClient.ConnectAsync(server, "test-callable-agent", Frames.NewName(), 3);

        var answer = await client.CallAsync(method, arguments);

        answer.ToJsonString().ShouldBe($$"""{"type":"rpc","id":"call-1",{{members.Trim()}}}""");
    }

    [Theory]
    [InlineData("[]", "args[0] (a)")]
    [InlineData("[1]", "args[1] (b)")]
    [InlineData("[1,null]", "args[1] (b)")]
    [InlineData("[\"one\",2]", "args[0] (a)")]
    [InlineData("[1,1e400]", "args[1] (b)")]
    [InlineData("[1,2.5]", "args[1] (b)")]
    [InlineData("[[],{}]", "args[0] (a)")]
    public async Task I11_an_argument_that_is_not_acceptable_is_named(string arguments, string field)
    {
        await using var client = await RawClient.ConnectAsync(server, "test-callable-agent", Frames.NewName(), 3);

        var answer = await client.CallAsync("add", arguments);

        answer["success"]!.GetValue<bool>().ShouldBeFalse();
        answer["error"]!.GetValue<string>().ShouldStartWith(field);
    }

    [Theory]
    [InlineData("streamNumbers", "[2]", "0 1 |2")]
    [InlineData("streamWithDelay", "[[\"a\"],1]", "\"a\" |\"complete\"")]
    [InlineData("streamDoubleClose", "[]", "\"chunk1\" |\"first\"")]
    [InlineData("streamLater", "[]", "\"first\" |\"later\"")]
    [InlineData("countTo", "[3]", "1 2 3 |")]
    [InlineData("streamError", "[]", "\"chunk1\" !Stream failed")]
    [InlineData("streamGracefulError", "[]", "\"chunk1\" !Graceful error")]
    [InlineData("countAndFail", "[2]", "1 2 !enough")]
    public async Task A_stream_is_parts_and_one_end(string method, string arguments, string expected)
    {
        await using var client = await RawClient.ConnectAsync(server, "test-callable-agent", Frames.NewName(), 3);

        await client.SendCallAsync(method, arguments);
        var seen = "";
        while (true)
        {
            var frame = (JsonObject)await client.ReceiveAsync();
            ((string?)frame["id"]).ShouldBe("call-1");
            var result = frame["result"]?.ToJsonString() ?? "";
            if (!frame["success"]!.GetValue<bool>())
            {
                frame.ContainsKey("done").ShouldBeFalse();
                seen += $"!{frame["error"]}";
                break;
            }
            if (frame["done"]!.GetValue<bool>())
            {
                seen += $"|{result}";
                break;
            }
            seen += result + " ";
        }

        seen.ShouldBe(expected);
        (await client.DrainAsync("getValue")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Answers_of_concurrent_calls_come_as_they_are_ready()
    {
        await using var client = await RawClient.ConnectAsync(server, "test-callable-agent", Frames.NewName(), 3);

        var slow = await client.SendCallAsync("asyncMethod", "[200]");
        var quick = await client.SendCallAsync("add", "[1,1]");

        (await client.ReceiveAsync(2)).Select(frame => (string)frame["id"]!).ShouldBe([quick, slow]);
    }

    [Fact]
    public async Task A_call_that_hangs_blocks_neither_calls_nor_other_clients()
    {
        var name = Frames.NewName();
        await using var hanging = await RawClient.ConnectAsync(server, "test-callable-agent", name, 3);
        await using var other = await RawClient.ConnectAsync(server, "test-callable-agent", name, 3);
        await hanging.SendCallAsync("hang");

        (await hanging.CallAsync("add", "[1,1]"))["result"]!.GetValue<int>().ShouldBe(2);
        (await other.CallAsync("add", "[2,2]"))["result"]!.GetValue<int>().ShouldBe(4);
    }

    [Fact]
    public async Task A_client_that_goes_before_its_answer_harms_nobody()
    {
        var name = Frames.NewName();
        await using var goes = await RawClient.ConnectAsync(server, "test-callable-agent", name, 3);
        await using var stays = await RawClient.ConnectAsync(server, "test-callable-agent", name, 3);
        await goes.SendCallAsync("streamWithDelay", "[[1,2,3,4,5],10]");
        goes.Abort();

        (await stays.CallAsync("asyncMethod", "[100]"))["result"]!.GetValue<string>().ShouldBe("done");
    }

    [Fact]
    public async Task A_caller_that_sets_the_state_gets_the_broadcast_before_the_answer()
    {
        await using var client = await RawClient.ConnectAsync(server, "test-callable-agent", Frames.NewName(), 3);

        await client.SendCallAsync("setValue", "[7]");
        var frames = await client.ReceiveAsync(2);

        frames[0].State().ShouldBe("""{"value":7}""");
        frames[1]["result"]!.GetValue<int>().ShouldBe(7);
    }

    [Fact]
    public async Task Inherited_methods_are_called_and_overridden_ones_are_those_of_the_class()
    {
        await using var client = await RawClient.ConnectAsync(server, "test-inheriting-agent", Frames.NewName(), 3);

        (await client.CallAsync("add", "[1,2]"))["result"]!.GetValue<int>().ShouldBe(3);
        (await client.CallAsync("own"))["result"]!.GetValue<string>().ShouldBe("own");
        (await client.CallAsync("overridden"))["result"]!.GetValue<string>().ShouldBe("derived");
    }
}
