using Everturn.Agents;
using Everturn.Sessions;

namespace Everturn.AspNetCore.Sessions;

/// <summary>Turns the body of a start into the contracts' types, or says which field is not acceptable.</summary>
internal static class StartRequestReader
{
    /// <summary>The input.</summary>
    public static AgentInput Input(StartAgentRequestV2 body)
    {
        var input = RequestFields.Required(body.Input, "input");
        if (RequestFields.Required(input.Message, "input.message").Length == 0)
        {
            throw new InvalidInputException("input.message", "It is not empty.");
        }
        return new()
        {
            Message = input.Message,
            State = RequestFields.State(input.State, "input.state"),
            Messages = RequestFields.Messages(input.Messages, "input.messages"),
        };
    }

    /// <summary>The options.</summary>
    /// <param name="body">The body.</param>
    /// <param name="key">The session of the path.</param>
    /// <param name="idempotencyKey">The header; null where it is absent.</param>
    public static ExecuteOptions Options(StartAgentRequestV2 body, SessionKey key, string? idempotencyKey)
    {
        if (RequestFields.Required(body.SessionId, "sessionId") != key.SessionId)
        {
            throw new InvalidInputException("sessionId", $"The path names another session, '{key.SessionId}'.");
        }
        return new()
        {
            Tenant = key.Tenant,
            SessionId = key.SessionId,
            RequestId = RequestFields.RequestId(body.RequestId, idempotencyKey),
            DoubleTexting = Policy(body.DoubleTexting),
            UserId = body.UserId,
            Tags = body.Tags?.Select((tag, i) => RequestFields.Required(tag, $"tags[{i}]")).ToList(),
            Metadata = body.Metadata?.ToDictionary(
                entry => entry.Key,
                entry => RequestFields.Required(entry.Value, $"metadata.{entry.Key}")
            ),
        };
    }

    private static DoubleTexting Policy(string? name) =>
        name is null ? DoubleTexting.Reject
        : DoubleTexting.All.Contains(new(name)) ? new(name)
        : throw new InvalidInputException("doubleTexting", $"It is one of {string.Join(", ", DoubleTexting.All)}.");
}
