using System.Text.Json;
using Everturn.OpenAI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Models.Tests.Wire;

/// <summary>OpenAI's chat completions API, with the field for reasoning that compatible servers add.</summary>
internal sealed class OpenAIWire : IWire
{
    public string Model => "gpt-test";

    public string OverloadedEvent => Data(new { error = new { message = "Overloaded", code = 503 } });

    public IChatClient Connect(Uri server) => new OpenAIChatClient(Configure(new(), server));

    public void Register(IServiceCollection services, Uri server) =>
        services.AddOpenAIChatClient(options => Configure(options, server));

    public IEnumerable<string> Pieces(WireReply reply)
    {
        yield return Delta(new { role = "assistant", content = "" });
        foreach (var text in reply.Reasoning)
        {
            yield return Delta(new { reasoning_content = text });
        }

        foreach (var text in reply.Text)
        {
            yield return Delta(new { content = text });
        }

        // Pieces of different calls may alternate: the index says whose they are.
        for (var index = 0; index < reply.Calls.Length; index++)
        {
            var call = reply.Calls[index];
            var function = new { name = call.Name, arguments = "" };
            yield return Delta(
                new
                {
                    tool_calls = new[]
                    {
                        new
                        {
                            index,
                            id = call.Id,
                            type = "function",
                            function,
                        },
                    },
                }
            );
        }

        var pieces = reply.Calls.SelectMany(
            (call, index) => call.Arguments.Select((json, turn) => (json, turn, index))
        );
        foreach (var (arguments, _, index) in pieces.OrderBy(piece => piece.turn))
        {
            yield return Delta(new { tool_calls = new[] { new { index, function = new { arguments } } } });
        }
    }

    public IEnumerable<string> Closing(WireReply reply) =>
        [
            Chunk(
                new[]
                {
                    new
                    {
                        index = 0,
                        delta = new { },
                        finish_reason = Finish(reply),
                    },
                },
                usage: null
            ),
            Chunk(Array.Empty<object>(), Usage(reply.Usage)),
            "data: [DONE]\n\n",
        ];

    public string Body(WireReply reply)
    {
        var message = new
        {
            role = "assistant",
            content = reply.Text.Length == 0 ? null : string.Concat(reply.Text),
            reasoning_content = string.Concat(reply.Reasoning),
            tool_calls = reply.Calls.Length == 0
                ? null
                : reply.Calls.Select(call => new
                {
                    id = call.Id,
                    type = "function",
                    function = new { name = call.Name, arguments = string.Concat(call.Arguments) },
                }),
        };
        return JsonSerializer.Serialize(
            new
            {
                id = "chatcmpl-1",
                @object = "chat.completion",
                created = 1_700_000_000,
                model = Model,
                choices = new[]
                {
                    new
                    {
                        index = 0,
                        message,
                        finish_reason = Finish(reply),
                    },
                },
                usage = Usage(reply.Usage),
            }
        );
    }

    public string Error(int status) =>
        JsonSerializer.Serialize(new { error = new { message = $"answer {status}", type = "error" } });

    public IEnumerable<(string Id, string Text)> ToolResults(JsonElement request) =>
        request
            .GetProperty("messages")
            .EnumerateArray()
            .Where(message => message.GetProperty("role").GetString() == "tool")
            .Select(message =>
                (message.GetProperty("tool_call_id").GetString()!, message.GetProperty("content").GetString()!)
            );

    public string? SystemPrompt(JsonElement request) =>
        request.GetProperty("messages")[0].GetProperty("content").GetString();

    private OpenAIChatOptions Configure(OpenAIChatOptions options, Uri server)
    {
        options.ApiKey = "key-1";
        options.Model = Model;
        options.BaseUrl = new Uri(server, "/v1");
        return options;
    }

    private static string Finish(WireReply reply) =>
        reply.HitLimit ? "length"
        : reply.Calls.Length > 0 ? "tool_calls"
        : "stop";

    private static object Usage(WireUsage usage) =>
        new
        {
            prompt_tokens = usage.Input,
            completion_tokens = usage.Output,
            total_tokens = usage.Input + usage.Output,
            prompt_tokens_details = new { cached_tokens = usage.Cached },
            completion_tokens_details = new { reasoning_tokens = usage.Reasoning },
        };

    private string Delta(object delta) =>
        Chunk(
            new[]
            {
                new
                {
                    index = 0,
                    delta,
                    finish_reason = (string?)null,
                },
            },
            usage: null
        );

    private string Chunk(object choices, object? usage) =>
        Data(
            new
            {
                id = "chatcmpl-1",
                @object = "chat.completion.chunk",
                created = 1_700_000_000,
                model = Model,
                choices,
                usage,
            }
        );

    private static string Data<T>(T data) => $"data: {JsonSerializer.Serialize(data)}\n\n";
}
