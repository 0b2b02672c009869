using System.Text.Json;
using System.Text.Json.Nodes;

namespace Everturn.StatefulAgents;

/// <summary>
/// A way to one object (Durable Objects: stub). Results come back when what the object wrote before is durable. A
/// cancelled token ends the waiting, not the call.
/// </summary>
public class StatefulAgentHandle
{
    private static readonly JsonElement NoArguments = JsonElement.Parse("[]");

    internal StatefulAgentHandle(IObjectGateway gateway, StatefulAgentId id, JsonElement? props = null)
    {
        Gateway = gateway;
        Id = id;
        Props = props;
    }

    /// <summary>The object.</summary>
    public StatefulAgentId Id { get; }

    private protected IObjectGateway Gateway { get; }

    private protected JsonElement? Props { get; }

    /// <summary>
    /// The same object, with what it is to get as its <see cref="StatefulAgent.Props"/> should a call by the new handle
    /// start it (Cloudflare Agents, <c>getAgentByName</c> with <c>props</c>).
    /// </summary>
    /// <typeparam name="T">Their type.</typeparam>
    /// <param name="props">What it gets.</param>
    public StatefulAgentHandle WithProps<T>(T props) => new(Gateway, Id, ToJson(props));

    private protected static JsonElement ToJson<T>(T props) => JsonElement.Parse(AgentJson.Write(props));

    /// <summary>Calls a method by its name; it needs no <see cref="CallableAttribute"/>, but one of the attributes.</summary>
    /// <typeparam name="TResult">What it returns.</typeparam>
    /// <param name="method">The name for clients, or that in C#.</param>
    /// <param name="arguments">The arguments; null for none.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="AgentMethodException">There is no such method.</exception>
    /// <exception cref="ObjectResetException">The object was reset meanwhile.</exception>
    public async Task<TResult?> CallAsync<TResult>(
        string method,
        JsonArray? arguments = null,
        CancellationToken cancellationToken = default
    )
    {
        var parsed = arguments is null ? NoArguments : JsonElement.Parse(arguments.ToJsonString());
        var result = await Gateway.CallAsync(Id, method, parsed, Props, cancellationToken).ConfigureAwait(false);
        return result is { } json ? AgentJson.Read<TResult>(json.Span) : default;
    }

    /// <summary>Sends a request to the object.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ObjectResetException">The object was reset meanwhile.</exception>
    public Task<AgentResponse> FetchAsync(AgentRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Gateway.FetchAsync(Id, request, Props, cancellationToken);
    }
}
