using System.Text.Json;
using Anthropic.Models.Messages;
using Everturn.Anthropic;
using Everturn.Models.Tests.Wire;
using Microsoft.Extensions.AI;

namespace Everturn.Models.Tests;

/// <summary>What the Messages API receives.</summary>
public sealed class AnthropicRequestTests
{
    private static readonly AnthropicWire Wire = new();
    private static readonly ChatMessage Hello = new(ChatRole.User, "Hello");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_has_key_version_model_and_a_token_limit()
    {
        var request = await SendAsync([Hello], options: null);

        request.Path.ShouldBe("/v1/messages");
        request.Headers["Authorization"].ShouldBe("Bearer key-1");
        request.Headers["anthropic-version"].ShouldBe("2026-10-21");
        request.Body.GetProperty("max_tokens").GetInt32().ShouldBe(8192);
        request.Body.GetProperty("stream").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Tools_choice_limits_and_schema_are_sent()
    {
        var tool = AIFunctionFactory.Create((string city) => city, "look", "The weather.");
        var request = await SendAsync(
            [Hello],
            new()
            {
                Tools = [tool],
                ToolMode = ChatToolMode.RequireSpecific("look"),
                MaxOutputTokens = 99,
                Temperature = 0.5f,
                StopSequences = ["END"],
                ResponseFormat = ChatResponseFormat.ForJsonSchema(
                    JsonElement.Parse("""{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]}""")
                ),
            }
        );

        var body = request.Body;
        body.GetProperty("max_tokens").GetInt32().ShouldBe(99);
        // API version 2026-10-21 refuses sampling parameters, so the SDK leaves them out.
        body.TryGetProperty("temperature", out _).ShouldBeFalse();
        body.GetProperty("stop_sequences")[0].GetString().ShouldBe("END");
        body.GetProperty("tool_choice").GetProperty("name").GetString().ShouldBe("look");
        var sent = body.GetProperty("tools")[0];
        sent.GetProperty("description").GetString().ShouldBe("The weather.");
        sent.GetProperty("input_schema").GetProperty("properties").TryGetProperty("city", out _).ShouldBeTrue();
        var format = body.GetProperty("output_config").GetProperty("format");
        format.GetProperty("type").GetString().ShouldBe("json_schema");
        format.GetProperty("schema").GetProperty("required")[0].GetString().ShouldBe("n");
    }

    [Fact]
    public async Task Reasoning_goes_back_with_its_signature_before_the_call_it_led_to()
    {
        await using var server = await ProviderServer.StartAsync(
            Wire,
            new WireReply { Reasoning = ["I ", "wonder."], Calls = [new("call-1", "look", "{}")] },
            WireReply.Says("done")
        );
        using var client = Wire.Connect(server.Url);
        var first = await client
            .GetStreamingResponseAsync([Hello], cancellationToken: Token)
            .ToChatResponseAsync(Token);
        var parts = first.Messages.Single().Contents.OfType<TextReasoningContent>().ToList();
        var signature = parts.Last(part => part.ProtectedData is { Length: > 0 }).ProtectedData;
        signature.ShouldBe(AnthropicWire.Signature);

        // As the loop stores it: one text, one signature.
        var stored = new TextReasoningContent("I wonder.") { ProtectedData = signature };
        await client.GetResponseAsync(
            [
                Hello,
                new(ChatRole.Assistant, [stored, new FunctionCallContent("call-1", "look")]),
                new(
                    ChatRole.Tool,
                    [new FunctionResultContent("call-1", "dark") { Exception = new InvalidOperationException("dark") }]
                ),
            ],
            cancellationToken: Token
        );

        var messages = server.Requests.Last().Body.GetProperty("messages");
        var thinking = messages[1].GetProperty("content")[0];
        thinking.GetProperty("type").GetString().ShouldBe("thinking");
        thinking.GetProperty("thinking").GetString().ShouldBe("I wonder.");
        thinking.GetProperty("signature").GetString().ShouldBe(AnthropicWire.Signature);
        messages[1].GetProperty("content")[1].GetProperty("type").GetString().ShouldBe("tool_use");
        messages[2].GetProperty("content")[0].GetProperty("is_error").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Reasoning_without_its_text_and_redacted_reasoning_go_back_as_what_they_were()
    {
        var redacted = new RedactedThinkingBlock("hidden");
        var received = new TextReasoningContent("") { ProtectedData = "hidden", RawRepresentation = redacted };
        ReasoningBlocks.Mark([received]);

        var request = await SendAsync(
            [
                Hello,
                new(
                    ChatRole.Assistant,
                    [new TextReasoningContent("") { ProtectedData = "signed" }, new TextContent("a")]
                ),
                Hello,
                new(
                    ChatRole.Assistant,
                    [new TextReasoningContent(null) { ProtectedData = received.ProtectedData }, new TextContent("b")]
                ),
                Hello,
            ],
            options: null
        );

        var messages = request.Body.GetProperty("messages");
        messages[1].GetProperty("content")[0].GetProperty("signature").GetString().ShouldBe("signed");
        messages[3].GetProperty("content")[0].GetProperty("data").GetString().ShouldBe("hidden");
    }

    [Fact]
    public async Task Images_and_documents_of_a_user_are_sent()
    {
        var request = await SendAsync(
            [
                new(
                    ChatRole.User,
                    [
                        new TextContent("What is this?"),
                        new DataContent("data:image/png;base64,AQID", "image/png"),
                        new DataContent("data:application/pdf;base64,BAUG", "application/pdf"),
                    ]
                ),
            ],
            options: null
        );

        var content = request.Body.GetProperty("messages")[0].GetProperty("content");
        content[0].GetProperty("text").GetString().ShouldBe("What is this?");
        content[1].GetProperty("source").GetProperty("media_type").GetString().ShouldBe("image/png");
        content[1].GetProperty("source").GetProperty("data").GetString().ShouldBe("AQID");
        content[2].GetProperty("type").GetString().ShouldBe("document");
        content[2].GetProperty("source").GetProperty("data").GetString().ShouldBe("BAUG");
    }

    [Fact]
    public async Task A_file_that_the_api_does_not_take_is_left_out()
    {
        var request = await SendAsync(
            [
                new(
                    ChatRole.User,
                    [new TextContent("What is this?"), new DataContent("data:audio/wav;base64,AQID", "audio/wav")]
                ),
            ],
            options: null
        );

        request.Body.GetProperty("messages")[0].GetProperty("content").GetArrayLength().ShouldBe(1);
    }

    private static async Task<WireRequest> SendAsync(ChatMessage[] messages, ChatOptions? options)
    {
        await using var server = await ProviderServer.StartAsync(Wire, WireReply.Says("ok"));
        using var client = Wire.Connect(server.Url);
        await client.GetStreamingResponseAsync(messages, options, Token).ToChatResponseAsync(Token);
        return server.Requests.ShouldHaveSingleItem();
    }
}
