using System.Text.Json;
using Everturn.Models.Tests.Wire;
using Microsoft.Extensions.AI;

namespace Everturn.Models.Tests;

/// <summary>What the chat completions API receives, and what only it answers.</summary>
public sealed class OpenAIRequestTests
{
    private static readonly OpenAIWire Wire = new();
    private static readonly ChatMessage Hello = new(ChatRole.User, "Hello");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_has_key_and_model_and_asks_for_usage()
    {
        var request = await SendAsync([Hello], options: null);

        request.Path.ShouldBe("/v1/chat/completions");
        request.Headers["Authorization"].ShouldBe("Bearer key-1");
        request.Body.GetProperty("stream").GetBoolean().ShouldBeTrue();
        request.Body.GetProperty("stream_options").GetProperty("include_usage").GetBoolean().ShouldBeTrue();
        request.Body.TryGetProperty("max_completion_tokens", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Tools_choice_limits_and_schema_are_sent()
    {
        var tool = AIFunctionFactory.Create((string city) => city, "look", "The weather.");
        var request = await SendAsync(
            [Hello],
            new()
            {
                Instructions = "Be kind.",
                Tools = [tool],
                ToolMode = ChatToolMode.RequireSpecific("look"),
                AllowMultipleToolCalls = false,
                MaxOutputTokens = 99,
                Temperature = 0.5f,
                StopSequences = ["END"],
                Reasoning = new() { Effort = ReasoningEffort.Low },
                ResponseFormat = ChatResponseFormat.ForJsonSchema(
                    JsonElement.Parse("""{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]}"""),
                    "numbers"
                ),
            }
        );

        var body = request.Body;
        body.GetProperty("messages")[0].GetProperty("content").GetString().ShouldBe("Be kind.");
        body.GetProperty("max_completion_tokens").GetInt32().ShouldBe(99);
        body.GetProperty("temperature").GetDouble().ShouldBe(0.5);
        body.GetProperty("stop")[0].GetString().ShouldBe("END");
        body.GetProperty("reasoning_effort").GetString().ShouldBe("low");
        body.GetProperty("parallel_tool_calls").GetBoolean().ShouldBeFalse();
        body.GetProperty("tool_choice").GetProperty("function").GetProperty("name").GetString().ShouldBe("look");
        var sent = body.GetProperty("tools")[0].GetProperty("function");
        sent.GetProperty("description").GetString().ShouldBe("The weather.");
        sent.GetProperty("parameters").GetProperty("properties").TryGetProperty("city", out _).ShouldBeTrue();
        var schema = body.GetProperty("response_format").GetProperty("json_schema");
        schema.GetProperty("name").GetString().ShouldBe("numbers");
        schema.GetProperty("schema").GetProperty("required")[0].GetString().ShouldBe("n");
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("none")]
    [InlineData("required")]
    public async Task The_other_tool_modes_are_sent(string mode)
    {
        ChatToolMode choice = mode switch
        {
            "auto" => ChatToolMode.Auto,
            "none" => ChatToolMode.None,
            _ => ChatToolMode.RequireAny,
        };

        var tool = AIFunctionFactory.Create(() => 1, "now");
        var request = await SendAsync([Hello], new() { Tools = [tool], ToolMode = choice });

        request.Body.GetProperty("tool_choice").GetString().ShouldBe(mode);
    }

    [Fact]
    public async Task Calls_go_back_with_compact_arguments_and_failed_results_say_so()
    {
        var request = await SendAsync(
            [
                Hello,
                new(
                    ChatRole.Assistant,
                    [
                        new TextContent("I look."),
                        new FunctionCallContent(
                            "call-1",
                            "look",
                            new Dictionary<string, object?> { ["city"] = "Tromsø" }
                        ),
                    ]
                ),
                new(
                    ChatRole.Tool,
                    [new FunctionResultContent("call-1", null) { Exception = new InvalidOperationException("dark") }]
                ),
            ],
            options: null
        );

        var messages = request.Body.GetProperty("messages");
        var call = messages[1].GetProperty("tool_calls")[0];
        call.GetProperty("id").GetString().ShouldBe("call-1");
        call.GetProperty("function").GetProperty("arguments").GetString().ShouldBe("""{"city":"Tromsø"}""");
        messages[1].GetProperty("content").ToString().ShouldContain("I look.");
        messages[2].GetProperty("content").GetString().ShouldBe("Error: dark");
    }

    [Fact]
    public async Task Images_documents_text_and_sound_of_a_user_are_sent()
    {
        var request = await SendAsync(
            [
                new(
                    ChatRole.User,
                    [
                        new TextContent("What is this?"),
                        new DataContent("data:image/png;base64,AQID", "image/png"),
                        new DataContent("data:application/pdf;base64,BAUG", "application/pdf") { Name = "a.pdf" },
                        new DataContent("data:text/plain;base64,aGk=", "text/plain") { Name = "b.txt" },
                        new DataContent("data:audio/wav;base64,AQID", "audio/wav"),
                        new UriContent("https://example.com/c.png", "image/png"),
                    ]
                ),
            ],
            options: null
        );

        var content = request.Body.GetProperty("messages")[0].GetProperty("content");
        content[0].GetProperty("text").GetString().ShouldBe("What is this?");
        content[1].GetProperty("image_url").GetProperty("url").GetString().ShouldBe("data:image/png;base64,AQID");
        content[2].GetProperty("file").GetProperty("filename").GetString().ShouldBe("a.pdf");
        content[3].GetProperty("text").GetString().ShouldBe("b.txt:\nhi");
        content[4].GetProperty("input_audio").GetProperty("format").GetString().ShouldBe("wav");
        content[5].GetProperty("image_url").GetProperty("url").GetString().ShouldBe("https://example.com/c.png");
    }

    [Fact]
    public async Task A_file_that_the_api_does_not_take_is_refused_before_anything_is_sent()
    {
        await using var server = await ProviderServer.StartAsync(Wire);
        using var client = Wire.Connect(server.Url);
        var message = new ChatMessage(ChatRole.User, [new DataContent("data:video/mp4;base64,AQID", "video/mp4")]);

        var refused = await Should.ThrowAsync<NotSupportedException>(() =>
            client.GetResponseAsync([message], cancellationToken: Token)
        );

        refused.Message.ShouldContain("video/mp4");
        server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Reasoning_tokens_are_counted(bool streaming)
    {
        await using var server = await ProviderServer.StartAsync(Wire, WireReply.Says("ok"));
        using var client = Wire.Connect(server.Url);

        var response = streaming
            ? await client.GetStreamingResponseAsync([Hello], cancellationToken: Token).ToChatResponseAsync(Token)
            : await client.GetResponseAsync([Hello], cancellationToken: Token);

        response.Usage.ShouldNotBeNull().ReasoningTokenCount.ShouldBe(3);
        response.Usage.TotalTokenCount.ShouldBe(37);
    }

    private static async Task<WireRequest> SendAsync(ChatMessage[] messages, ChatOptions? options)
    {
        await using var server = await ProviderServer.StartAsync(Wire, WireReply.Says("ok"));
        using var client = Wire.Connect(server.Url);
        await client.GetStreamingResponseAsync(messages, options, Token).ToChatResponseAsync(Token);
        return server.Requests.ShouldHaveSingleItem();
    }
}
