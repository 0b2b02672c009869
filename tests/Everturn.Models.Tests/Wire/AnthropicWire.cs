using System.Text.Json;
using Everturn.Anthropic;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Models.Tests.Wire;

/// <summary>Anthropic's Messages API.</summary>
internal sealed class AnthropicWire : IWire
{
    public const string Signature = "c2lnbmVk";

    public string Model => "claude-test";

    public string OverloadedEvent =>
        Event(new { type = "error", error = new { type = "overloaded_error", message = "Overloaded" } });

    public IChatClient Connect(Uri server) => new AnthropicChatClient(Configure(new(), server));

    public void Register(IServiceCollection services, Uri server) =>
        services.AddAnthropicChatClient(options => Configure(options, server));

    public IEnumerable<string> Pieces(WireReply reply)
    {
        var message = new
        {
            id = "msg_1",
            type = "message",
            role = "assistant",
            model = Model,
            content = Array.Empty<object>(),
            stop_reason = (string?)null,
            stop_sequence = (string?)null,
            usage = Usage(reply.Usage with { Output = 1 }),
        };
        yield return Event(new { type = "message_start", message });
        yield return Event(new { type = "ping" });
        var index = 0;
        if (reply.Reasoning.Length > 0)
        {
            var deltas = reply.Reasoning.Select(text => (object)new { type = "thinking_delta", thinking = text });
            var block = Block(
                index++,
                new
                {
                    type = "thinking",
                    thinking = "",
                    signature = "",
                },
                [.. deltas, new { type = "signature_delta", signature = Signature }]
            );
            foreach (var item in block)
            {
                yield return item;
            }
        }

        if (reply.Text.Length > 0)
        {
            var deltas = reply.Text.Select(text => (object)new { type = "text_delta", text });
            var events = Block(index++, new { type = "text", text = "" }, deltas).ToList();
            foreach (var item in reply.Ending == Ending.Whole ? events : events.SkipLast(1))
            {
                yield return item;
            }
        }

        foreach (var call in reply.Calls)
        {
            var block = Block(
                index++,
                new
                {
                    type = "tool_use",
                    id = call.Id,
                    name = call.Name,
                    input = new { },
                },
                call.Arguments.Select(json => (object)new { type = "input_json_delta", partial_json = json })
            );
            foreach (var item in block)
            {
                yield return item;
            }
        }
    }

    public IEnumerable<string> Closing(WireReply reply) =>
        [
            Event(
                new
                {
                    type = "message_delta",
                    delta = new { stop_reason = Stop(reply), stop_sequence = (string?)null },
                    usage = Usage(reply.Usage),
                }
            ),
            Event(new { type = "message_stop" }),
        ];

    public string Body(WireReply reply)
    {
        List<object> content = [];
        if (reply.Reasoning.Length > 0)
        {
            content.Add(
                new
                {
                    type = "thinking",
                    thinking = string.Concat(reply.Reasoning),
                    signature = Signature,
                }
            );
        }

        if (reply.Text.Length > 0)
        {
            content.Add(new { type = "text", text = string.Concat(reply.Text) });
        }

        content.AddRange(
            reply.Calls.Select(call =>
                (object)
                    new
                    {
                        type = "tool_use",
                        id = call.Id,
                        name = call.Name,
                        input = JsonElement.Parse(string.Concat(call.Arguments)),
                    }
            )
        );
        return JsonSerializer.Serialize(
            new
            {
                id = "msg_1",
                type = "message",
                role = "assistant",
                model = Model,
                content,
                stop_reason = Stop(reply),
                stop_sequence = (string?)null,
                usage = Usage(reply.Usage),
            }
        );
    }

    public string Error(int status)
    {
        var type = status switch
        {
            400 => "invalid_request_error",
            401 => "authentication_error",
            429 => "rate_limit_error",
            529 => "overloaded_error",
            _ => "api_error",
        };
        return JsonSerializer.Serialize(new { type = "error", error = new { type, message = $"answer {status}" } });
    }

    public IEnumerable<(string Id, string Text)> ToolResults(JsonElement request) =>
        request
            .GetProperty("messages")
            .EnumerateArray()
            .Where(message => message.GetProperty("content").ValueKind == JsonValueKind.Array)
            .SelectMany(message => message.GetProperty("content").EnumerateArray())
            .Where(block => block.GetProperty("type").GetString() == "tool_result")
            .Select(block =>
                (block.GetProperty("tool_use_id").GetString()!, block.GetProperty("content").GetString()!)
            );

    public string? SystemPrompt(JsonElement request) =>
        request.GetProperty("system")[0].GetProperty("text").GetString();

    private AnthropicChatOptions Configure(AnthropicChatOptions options, Uri server)
    {
        options.ApiKey = "key-1";
        options.Model = Model;
        options.BaseUrl = server;
        return options;
    }

    private static IEnumerable<string> Block(int index, object start, IEnumerable<object> deltas) =>
        [
            Event(
                new
                {
                    type = "content_block_start",
                    index,
                    content_block = start,
                }
            ),
            .. deltas.Select(delta =>
                Event(
                    new
                    {
                        type = "content_block_delta",
                        index,
                        delta,
                    }
                )
            ),
            Event(new { type = "content_block_stop", index }),
        ];

    private static string Stop(WireReply reply) =>
        reply.HitLimit ? "max_tokens"
        : reply.Calls.Length > 0 ? "tool_use"
        : "end_turn";

    // Anthropic API, "Prompt caching": input_tokens are those after the cached ones.
    private static object Usage(WireUsage usage) =>
        new
        {
            input_tokens = usage.Input - usage.Cached,
            cache_creation_input_tokens = 0,
            cache_read_input_tokens = usage.Cached,
            output_tokens = usage.Output,
        };

    private static string Event<T>(T data)
    {
        var json = JsonSerializer.SerializeToElement(data);
        return $"event: {json.GetProperty("type").GetString()}\ndata: {json.GetRawText()}\n\n";
    }
}
