using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Everturn.AspNetCore.StatefulAgents;

/// <summary>How a route leads to stateful agents (Cloudflare Agents, <c>routeAgentRequest</c>).</summary>
public sealed class AgentRoutingOptions
{
    private static readonly ImmutableDictionary<string, string> AnyOrigin = ImmutableDictionary.CreateRange<
        string,
        string
    >([
        new("Access-Control-Allow-Origin", "*"),
        new("Access-Control-Allow-Methods", "GET, POST, HEAD, OPTIONS"),
        new("Access-Control-Allow-Headers", "*"),
        new("Access-Control-Max-Age", "86400"),
    ]);

    /// <summary>
    /// The segments before the agent's, without slashes at either end; clients name it as <c>prefix</c>. Default
    /// <c>agents</c>.
    /// </summary>
    public string Prefix { get; set; } = "agents";

    /// <summary>
    /// Headers that let pages of other origins ask, set on every answer; a preflight is then answered by the route
    /// itself. Empty for none, which is the default. Which pages may open a WebSocket is another matter: see
    /// <see cref="StreamConnectionOptions.AllowedOrigins"/>.
    /// </summary>
    public IDictionary<string, string> CorsHeaders { get; } =
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Runs before a client is connected. What it returns is the answer instead; null lets it in. To refuse a client for
    /// good, use <see cref="AgentRouteContext.Refuse"/>: one that gets another status than 101 tries again and again.
    /// </summary>
    public Func<AgentRouteContext, ValueTask<IResult?>>? OnBeforeConnect { get; set; }

    /// <summary>Runs before a request reaches the agent. What it returns is the answer instead; null lets it through.</summary>
    public Func<AgentRouteContext, ValueTask<IResult?>>? OnBeforeRequest { get; set; }

    /// <summary>
    /// What an object gets as <c>Props</c>, should it start because of this request. Default nothing.
    /// </summary>
    public Func<HttpContext, JsonElement?>? Props { get; set; }

    /// <summary>The largest frame from a client, in bytes; a larger one closes its socket with 1009. Default 1 MiB.</summary>
    public int MaxFrameBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// How much may wait to be sent to one client, in bytes. A client that takes so little that more waits is dropped; it
    /// comes back and gets the current state. Default 16 MiB.
    /// </summary>
    public long MaxWaitingBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Lets pages of every origin ask: <see cref="CorsHeaders"/> as upstream's <c>cors: true</c> sets them.</summary>
    public void AllowAnyOrigin()
    {
        foreach (var (name, value) in AnyOrigin)
        {
            CorsHeaders[name] = value;
        }
    }
}
