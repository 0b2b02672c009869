using System.Text.Json;
using Everturn.Sessions;
using Microsoft.AspNetCore.Http;

namespace Everturn.AspNetCore.Sessions;

/// <summary>Fields that several bodies have: turns each into the contracts' types, or says which is not acceptable.</summary>
internal static class RequestFields
{
    public static T Required<T>(T? value, string field)
        where T : class => value ?? throw new InvalidInputException(field, "It is required.");

    public static string AgentType(string? agentType)
    {
        Identifiers.CheckAgentName(Required(agentType, "agentType"), "agentType");
        return agentType!;
    }

    /// <summary>The header that says the same as a request id in the body; null where it is absent.</summary>
    public static string? IdempotencyKey(HttpContext http) =>
        http.Request.Headers.TryGetValue("Idempotency-Key", out var values) ? values.ToString() : null;

    /// <summary>The request's id, from the body or the header.</summary>
    public static string? RequestId(string? inBody, string? inHeader)
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

    public static JsonElement? State(JsonElement? state, string field) =>
        state switch
        {
            null => null,
            { ValueKind: JsonValueKind.Object } => state,
            _ => throw new InvalidInputException(field, "It is a JSON object."),
        };

    public static IReadOnlyList<AgentMessage>? Messages(IReadOnlyList<StartAgentMessage?>? messages, string field) =>
        messages?.Select((message, index) => Message(message, $"{field}[{index}]")).ToList();

    private static AgentMessage Message(StartAgentMessage? message, string field)
    {
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
}
