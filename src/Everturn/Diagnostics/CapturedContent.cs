using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Everturn.Agents;
using Everturn.Loop;
using Microsoft.Extensions.AI;

namespace Everturn.Diagnostics;

/// <summary>
/// Messages as attributes of a span, in the shape of the semantic conventions. What a sensitive tool was given and what
/// it gave is left out, wherever in the transcript it stands.
/// </summary>
/// <param name="agent">Knows which tools are sensitive.</param>
internal sealed class CapturedContent(AgentDefinition agent)
{
    private const string Redacted = "[redacted]";

    private readonly HashSet<string> _sensitiveCalls = new(StringComparer.Ordinal);

    public void Request(Activity span, IReadOnlyList<ChatMessage> messages)
    {
        var instructions = messages.Where(message => message.Role == ChatRole.System).ToList();
        if (instructions.Count > 0)
        {
            span.SetTag(
                GenAiTags.SystemInstructions,
                Write(json =>
                {
                    foreach (var message in instructions)
                    {
                        WriteText(json, "text", message.Text);
                    }
                })
            );
        }

        span.SetTag(
            GenAiTags.InputMessages,
            Write(json =>
            {
                foreach (var message in messages.Where(message => message.Role != ChatRole.System))
                {
                    WriteMessage(json, message.Role.Value, () => WriteParts(json, message.Contents));
                }
            })
        );
    }

    public void Answer(Activity span, ModelReply reply) =>
        span.SetTag(
            GenAiTags.OutputMessages,
            Write(json =>
                WriteMessage(
                    json,
                    "assistant",
                    () =>
                    {
                        if (reply.Text.Length > 0)
                        {
                            WriteText(json, "text", reply.Text);
                        }

                        foreach (var call in reply.Calls)
                        {
                            WriteCall(json, call.Id, call.Name, () => call.Arguments.WriteTo(json));
                        }
                    }
                )
            )
        );

    private static string Write(Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            content(json);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteMessage(Utf8JsonWriter json, string role, Action parts)
    {
        json.WriteStartObject();
        json.WriteString("role", role);
        json.WriteStartArray("parts");
        parts();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string type, string text)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("content", text);
        json.WriteEndObject();
    }

    private void WriteParts(Utf8JsonWriter json, IEnumerable<AIContent> contents)
    {
        foreach (var content in contents)
        {
            switch (content)
            {
                case TextContent text:
                    WriteText(json, "text", text.Text);
                    break;
                case TextReasoningContent reasoning:
                    WriteText(json, "reasoning", reasoning.Text);
                    break;
                case FunctionCallContent call:
                    WriteCall(json, call.CallId, call.Name, () => MessageConversion.Arguments(call).WriteTo(json));
                    break;
                case FunctionResultContent result:
                    WriteResult(json, result);
                    break;
                default:
                    // Files and the like: that there was one, without its bytes.
                    WriteText(json, content.GetType().Name, "");
                    break;
            }
        }
    }

    private void WriteCall(Utf8JsonWriter json, string id, string name, Action arguments)
    {
        json.WriteStartObject();
        json.WriteString("type", "tool_call");
        json.WriteString("id", id);
        json.WriteString("name", name);
        if (agent.Tools.TryGetValue(name, out var tool) && tool.Sensitive)
        {
            _sensitiveCalls.Add(id);
            json.WriteString("arguments", Redacted);
        }
        else
        {
            json.WritePropertyName("arguments");
            arguments();
        }

        json.WriteEndObject();
    }

    private void WriteResult(Utf8JsonWriter json, FunctionResultContent result)
    {
        json.WriteStartObject();
        json.WriteString("type", "tool_call_response");
        json.WriteString("id", result.CallId);
        json.WriteString("response", _sensitiveCalls.Contains(result.CallId) ? Redacted : result.Result?.ToString());
        json.WriteEndObject();
    }
}
