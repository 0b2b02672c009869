using System.Net;
using Everturn.Agents;
using Everturn.Models.Tests.Wire;
using Microsoft.Extensions.AI;

namespace Everturn.Models.Tests;

/// <summary>What holds for every vendor: the real SDK against a server that speaks the vendor's format.</summary>
public abstract class ChatClientTests
{
    private static readonly ChatMessage[] Hello = [new(ChatRole.System, "Be brief."), new(ChatRole.User, "Hello")];

    private protected abstract IWire Wire { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Text_comes_with_its_model_finish_reason_and_usage(bool streaming)
    {
        await using var server = await ProviderServer.StartAsync(Wire, WireReply.Says("Good ", "day ", "🌤"));

        var response = await AskAsync(server, streaming);

        response.Text.ShouldBe("Good day 🌤");
        response.FinishReason.ShouldBe(ChatFinishReason.Stop);
        response.ModelId.ShouldBe(Wire.Model);
        var usage = response.Usage.ShouldNotBeNull();
        usage.InputTokenCount.ShouldBe(30);
        usage.CachedInputTokenCount.ShouldBe(20);
        usage.OutputTokenCount.ShouldBe(7);
    }

    [Fact]
    public async Task Text_is_passed_on_piece_by_piece()
    {
        await using var server = await ProviderServer.StartAsync(Wire, WireReply.Says("a", "b", "c"));
        using var client = Wire.Connect(server.Url);
        var pieces = new List<string>();

        await foreach (var update in client.GetStreamingResponseAsync(Hello, cancellationToken: Token))
        {
            pieces.AddRange(update.Contents.OfType<TextContent>().Select(text => text.Text).Where(text => text != ""));
        }

        pieces.ShouldBe(["a", "b", "c"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Reasoning_is_kept_apart_from_text(bool streaming)
    {
        await using var server = await ProviderServer.StartAsync(
            Wire,
            WireReply.Says("4") with
            {
                Reasoning = ["two and ", "two"],
            }
        );

        var response = await AskAsync(server, streaming);

        response.Text.ShouldBe("4");
        string.Concat(Contents<TextReasoningContent>(response).Select(part => part.Text)).ShouldBe("two and two");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Several_calls_come_with_arguments_that_were_split_anywhere(bool streaming)
    {
        var reply = new WireReply
        {
            Text = ["Let me look."],
            Calls =
            [
                new("call-1", "add", "{\"le", "ft\":2,\"ri", "ght\":", "3}"),
                new("call-2", "say", "{\"text\":\"a\\u00", "e4\\n\"}"),
                new("call-3", "now", "{}"),
            ],
        };
        await using var server = await ProviderServer.StartAsync(Wire, reply);

        var response = await AskAsync(server, streaming);

        response.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        response.Text.ShouldBe("Let me look.");
        var calls = Contents<FunctionCallContent>(response).ToList();
        calls
            .Select(call => (call.CallId, call.Name))
            .ShouldBe([("call-1", "add"), ("call-2", "say"), ("call-3", "now")]);
        calls[0].Arguments!.Select(pair => $"{pair.Key}={pair.Value}").ShouldBe(["left=2", "right=3"]);
        calls[1].Arguments!["text"]!.ToString().ShouldBe("aä\n");
        (calls[2].Arguments?.Count ?? 0).ShouldBe(0);
    }

    [Fact]
    public async Task A_call_without_arguments_has_none()
    {
        var reply = new WireReply { Calls = [new("call-1", "now")] };
        await using var server = await ProviderServer.StartAsync(Wire, reply);

        var call = Contents<FunctionCallContent>(await AskAsync(server, streaming: true)).ShouldHaveSingleItem();

        call.Exception.ShouldBeNull();
        (call.Arguments?.Count ?? 0).ShouldBe(0);
    }

    [Fact]
    public async Task Arguments_that_the_token_limit_cut_off_are_marked_as_unreadable()
    {
        var reply = new WireReply { Calls = [new("call-1", "add", "{\"left\":2,")], HitLimit = true };
        await using var server = await ProviderServer.StartAsync(Wire, reply);

        var response = await AskAsync(server, streaming: true);

        response.FinishReason.ShouldBe(ChatFinishReason.Length);
        Contents<FunctionCallContent>(response).ShouldHaveSingleItem().Exception.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(400, true)]
    [InlineData(401, true)]
    [InlineData(401, false)]
    [InlineData(500, true)]
    [InlineData(500, false)]
    [InlineData(529, true)]
    public async Task A_refusal_has_its_status_and_is_not_repeated_by_the_sdk(int status, bool streaming)
    {
        await using var server = await ProviderServer.StartAsync(Wire, WireReply.Refuses(status), WireReply.Says("no"));

        var failure = await Should.ThrowAsync<ModelRequestException>(() => AskAsync(server, streaming));

        failure.StatusCode.ShouldBe((HttpStatusCode)status);
        failure.Message.ShouldContain($"answer {status}");
        failure.RetryAfter.ShouldBeNull();
        server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_rate_limit_says_how_long_to_wait(bool streaming)
    {
        await using var server = await ProviderServer.StartAsync(Wire, WireReply.Refuses(429, "7"));

        var failure = await Should.ThrowAsync<ModelRequestException>(() => AskAsync(server, streaming));

        failure.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        failure.RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task An_overload_inside_a_stream_is_worth_repeating()
    {
        var reply = WireReply.Says("Good ") with { Ending = Ending.Overloaded };
        await using var server = await ProviderServer.StartAsync(Wire, reply);

        var failure = await Should.ThrowAsync<ModelRequestException>(() => AskAsync(server, streaming: true));

        ((int)failure.StatusCode.ShouldNotBeNull()).ShouldBeGreaterThanOrEqualTo(500);
        failure.Message.ShouldContain("Overloaded");
    }

    [Fact]
    public async Task A_stream_that_is_cut_fails_without_a_status()
    {
        var seen = new TaskCompletionSource();
        var reply = WireReply.Says("Good ") with { Ending = Ending.Cut, Gate = seen.Task };
        await using var server = await ProviderServer.StartAsync(Wire, reply);
        using var client = Wire.Connect(server.Url);

        var failure = await Should.ThrowAsync<ModelRequestException>(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync(Hello, cancellationToken: Token))
            {
                if (update.Text.Length > 0)
                {
                    seen.TrySetResult();
                }
            }
        });

        failure.StatusCode.ShouldBeNull();
    }

    [Fact]
    public async Task A_stream_that_ends_before_the_reply_does_fails_without_a_status()
    {
        var reply = WireReply.Says("Good ") with { Ending = Ending.EndsEarly };
        await using var server = await ProviderServer.StartAsync(Wire, reply);

        var failure = await Should.ThrowAsync<ModelRequestException>(() => AskAsync(server, streaming: true));

        failure.StatusCode.ShouldBeNull();
    }

    [Fact]
    public async Task A_server_that_is_not_there_fails_without_a_status()
    {
        var server = await ProviderServer.StartAsync(Wire);
        using var client = Wire.Connect(server.Url);
        await server.DisposeAsync();

        var failure = await Should.ThrowAsync<ModelRequestException>(() =>
            client.GetResponseAsync(Hello, cancellationToken: Token)
        );

        failure.StatusCode.ShouldBeNull();
    }

    [Fact]
    public async Task A_stream_that_stalls_is_cancelled_by_its_token()
    {
        var reply = WireReply.Says("Good ") with { Ending = Ending.Stalls };
        await using var server = await ProviderServer.StartAsync(Wire, reply);
        using var client = Wire.Connect(server.Url);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync(Hello, cancellationToken: stop.Token))
            {
                if (update.Text.Length > 0)
                {
                    await stop.CancelAsync();
                }
            }
        });
    }

    [Fact]
    public async Task Results_of_parallel_tools_travel_with_their_call_ids()
    {
        await using var server = await ProviderServer.StartAsync(Wire, WireReply.Says("done"));
        using var client = Wire.Connect(server.Url);
        ChatMessage[] messages =
        [
            .. Hello,
            new(
                ChatRole.Assistant,
                [
                    new TextReasoningContent("interrupted before it was signed"),
                    new FunctionCallContent("call-1", "add", new Dictionary<string, object?> { ["left"] = 2 }),
                    new FunctionCallContent("call-2", "now"),
                ]
            ),
            new(ChatRole.Tool, [new FunctionResultContent("call-1", "5"), new FunctionResultContent("call-2", "noon")]),
        ];

        await client.GetResponseAsync(messages, cancellationToken: Token);

        var request = server.Requests.ShouldHaveSingleItem().Body;
        Wire.SystemPrompt(request).ShouldBe("Be brief.");
        Wire.ToolResults(request).ShouldBe([("call-1", "5"), ("call-2", "noon")]);
        request.GetRawText().ShouldNotContain("interrupted before");
    }

    [Fact]
    public async Task A_model_of_the_options_goes_before_that_of_the_client()
    {
        await using var server = await ProviderServer.StartAsync(Wire, WireReply.Says("ok"), WireReply.Says("ok"));
        using var client = Wire.Connect(server.Url);

        await client.GetResponseAsync(Hello, cancellationToken: Token);
        await client.GetResponseAsync(Hello, new() { ModelId = "other" }, Token);

        server
            .Requests.Select(request => request.Body.GetProperty("model").GetString())
            .ShouldBe([Wire.Model, "other"]);
        client.GetService<ChatClientMetadata>().ShouldNotBeNull().DefaultModelId.ShouldBe(Wire.Model);
    }

    private async Task<ChatResponse> AskAsync(ProviderServer server, bool streaming)
    {
        using var client = Wire.Connect(server.Url);
        return streaming
            ? await client.GetStreamingResponseAsync(Hello, cancellationToken: Token).ToChatResponseAsync(Token)
            : await client.GetResponseAsync(Hello, cancellationToken: Token);
    }

    private static IEnumerable<T> Contents<T>(ChatResponse response)
        where T : AIContent => response.Messages.SelectMany(message => message.Contents).OfType<T>();
}
