using System.Buffers;
using System.Text.Json;

namespace Everturn.StatefulAgents.Protocol;

/// <summary>
/// The frames that a stateful agent sends (Cloudflare Agents, client protocol): one JSON object each, as UTF-8 text.
/// They are written by hand, since a missing <c>result</c> and a <c>result</c> that is null are different answers, and
/// since values arrive here as JSON already.
/// </summary>
internal static class AgentFrames
{
    /// <summary>What a client is told that may only read.</summary>
    public const string ReadonlyError = "Connection is readonly";

    /// <summary>What a client is told whose state was refused.</summary>
    public const string RejectedError = "State update rejected";

    private static readonly JsonWriterOptions Options = new() { SkipValidation = true };

    /// <summary>No MCP servers, tools, prompts or resources.</summary>
    public static ReadOnlyMemory<byte> NoMcpServers { get; } =
        """{"type":"cf_agent_mcp_servers","mcp":{"servers":{},"tools":[],"prompts":[],"resources":[]}}"""u8.ToArray();

    /// <summary>The first frame of a connection: who it is connected to.</summary>
    /// <param name="name">The object's name, as it stands in the path.</param>
    /// <param name="agent">The class, in kebab case.</param>
    /// <param name="stateFollows">Whether the next frame is the state.</param>
    public static ReadOnlyMemory<byte> Identity(string name, string agent, bool stateFollows) =>
        Write(
            (name, agent, stateFollows),
            static (writer, frame) =>
            {
                writer.WriteString("type"u8, "cf_agent_identity"u8);
                writer.WriteString("name"u8, frame.name);
                writer.WriteString("agent"u8, frame.agent);
                if (frame.stateFollows)
                {
                    writer.WriteBoolean("stateFollows"u8, value: true);
                }
            }
        );

    /// <summary>The whole state.</summary>
    /// <param name="state">The state as JSON.</param>
    public static ReadOnlyMemory<byte> State(ReadOnlyMemory<byte> state) =>
        Write(
            state,
            static (writer, state) =>
            {
                writer.WriteString("type"u8, "cf_agent_state"u8);
                writer.WritePropertyName("state"u8);
                writer.WriteRawValue(state.Span, skipInputValidation: true);
            }
        );

    /// <summary>The answer to a state that was refused.</summary>
    /// <param name="error"><see cref="ReadonlyError"/> or <see cref="RejectedError"/>.</param>
    public static ReadOnlyMemory<byte> StateError(string error) =>
        Write(
            error,
            static (writer, error) =>
            {
                writer.WriteString("type"u8, "cf_agent_state_error"u8);
                writer.WriteString("error"u8, error);
            }
        );

    /// <summary>The result of a call, or the last part of a streamed one.</summary>
    /// <param name="id">The call's id.</param>
    /// <param name="result">The result as JSON; null where there is none, which is not the JSON <c>null</c>.</param>
    public static ReadOnlyMemory<byte> RpcResult(string id, ReadOnlyMemory<byte>? result) =>
        Write((id, result), static (writer, frame) => Result(writer, frame.id, frame.result, done: true));

    /// <summary>One part of a streamed result.</summary>
    /// <param name="id">The call's id.</param>
    /// <param name="chunk">The part as JSON.</param>
    public static ReadOnlyMemory<byte> RpcChunk(string id, ReadOnlyMemory<byte> chunk) =>
        Write((id, chunk), static (writer, frame) => Result(writer, frame.id, frame.chunk, done: false));

    /// <summary>The failure of a call.</summary>
    /// <param name="id">The call's id.</param>
    /// <param name="error">What went wrong.</param>
    public static ReadOnlyMemory<byte> RpcError(string id, string error) =>
        Write(
            (id, error),
            static (writer, frame) =>
            {
                writer.WriteString("type"u8, "rpc"u8);
                writer.WriteString("id"u8, frame.id);
                writer.WriteBoolean("success"u8, value: false);
                writer.WriteString("error"u8, frame.error);
            }
        );

    /// <summary>What a socket gets whose connection could not be set up, before it is closed.</summary>
    /// <param name="error">What went wrong.</param>
    public static ReadOnlyMemory<byte> SetupError(string error) =>
        Write(error, static (writer, error) => writer.WriteString("error"u8, error));

    private static void Result(Utf8JsonWriter writer, string id, ReadOnlyMemory<byte>? result, bool done)
    {
        writer.WriteString("type"u8, "rpc"u8);
        writer.WriteString("id"u8, id);
        writer.WriteBoolean("success"u8, value: true);
        writer.WriteBoolean("done"u8, done);
        if (result is { } json)
        {
            writer.WritePropertyName("result"u8);
            writer.WriteRawValue(json.Span, skipInputValidation: true);
        }
    }

    private static ReadOnlyMemory<byte> Write<T>(T frame, Action<Utf8JsonWriter, T> members)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(buffer, Options);
        writer.WriteStartObject();
        members(writer, frame);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }
}
