using System.Text.Json;
using Everturn.Agents;
using Everturn.Sessions;

namespace Everturn.AspNetCore.Sessions;

/// <summary>Turns the body of a start into the contracts' types, or says which field is not acceptable.</summary>
internal static class StartRequestReader
{
    /// <summary>The agent's name.</summary>
    public static string AgentType(StartAgentRequestV2 body)
    {
        Identifiers.CheckAgentName(Required(body.AgentType, "agentType"), "agentType");
        return body.AgentType!;
    }

    /// <summary>The input.</summary>
    public static AgentInput Input(StartAgentRequestV2 body)
    {
        var input = Required(body.Input, "input");
        if (Required(input.Message, "input.message").Length == 0)
        {
            throw new InvalidInputException("input.message", "It is not empty.");
        }
        return new()
        {
            Message = input.Message,
            State = State(input.State),
            Messages = input.Messages?.Select(Message).ToList(),
        };
    }

    /// <summary>The options.</summary>
    /// <param name="body">The body.</param>
    /// <param name="key">The session of the path.</param>
    /// <param name="idempotencyKey">The header; null where it is absent.</param>
    public static ExecuteOptions Options(StartAgentRequestV2 body, SessionKey key, string? idempotencyKey)
    {
        if (Required(body.SessionId, "sessionId") != key.SessionId)
        {
            throw new InvalidInputException("sessionId", $"The path names another session, '{key.SessionId}'.");
        }
        return new()
        {
            Tenant = key.Tenant,
            SessionId = key.SessionId,
            RequestId = RequestId(body.RequestId, idempotencyKey),
            UserId = body.UserId,
            Tags = body.Tags?.Select((tag, i) => Required(tag, $"tags[{i}]")).ToList(),
            Metadata = body.Metadata?.ToDictionary(
                entry => entry.Key,
                entry => Required(entry.Value, $"metadata.{entry.Key}")
            ),
        };
    }

    private static string? RequestId(string? inBody, string? inHeader)
    {
        if (inHeader is not null)
        {
            Identifiers.CheckRequestId(inHeader, "Idempotency-Key");
        }
        if (inBody is not null)
        {
            Identifiers.CheckRequestId(inBody, "requestId");
        }
        return inBody is null || inHeader is null || inBody == inHeader
            ? inBody ?? inHeader
            : throw new InvalidInputException("requestId", "The header Idempotency-Key has another value.");
    }

    private static JsonElement? State(JsonElement? state) =>
        state switch
        {
            null => null,
            { ValueKind: JsonValueKind.Object } => state,
            _ => throw new InvalidInputException("input.state", "It is a JSON object."),
        };

    private static AgentMessage Message(StartAgentMessage? message, int index)
    {
        var field = $"input.messages[{index}]";
        var role = Required(Required(message, field).Role, field + ".role");
        return new()
        {
            Role =
                role == MessageRole.User.Value || role == MessageRole.System.Value
                    ? new(role)
                    : throw new InvalidInputException(field + ".role", "It is user or system."),
            Content = Required(message!.Content, field + ".content"),
            Metadata = message.Metadata,
            Files = message.Files?.Select((file, i) => File(file, $"{field}.files[{i}]")).ToList(),
        };
    }

    private static MessageFile File(MessageFile? file, string field)
    {
        Required(Required(file, field).MediaType, field + ".mediaType");
        return Required(file!.Data, field + ".data").StartsWith("data:", StringComparison.Ordinal)
            ? file
            : throw new InvalidInputException(field + ".data", "It is a data URI.");
    }

    private static T Required<T>(T? value, string field)
        where T : class => value ?? throw new InvalidInputException(field, "It is required.");
}
