using System.Text.Json.Nodes;
using Everturn.AspNetCore.Server;

namespace Everturn.AspNetCore.Tests.Server;

/// <summary>A server whose hook is a method.</summary>
internal sealed class GreetingServer(AgentServerOptions options, GreetingServer.Greeting greeting)
    : AgentServer(options)
{
    protected internal override Task<JsonNode?> TransformResponseAsync(
        TransformResponseContext context,
        CancellationToken cancellationToken
    ) => Task.FromResult<JsonNode?>(new JsonObject { ["greeting"] = greeting.Text });

    internal sealed record Greeting(string Text);
}
