using System.Collections.Frozen;
using System.Security.Claims;
using System.Text;

namespace Everturn.StatefulAgents;

/// <summary>An HTTP request to an object, or the request that opened a connection.</summary>
public sealed class AgentRequest
{
    private static readonly FrozenDictionary<string, string> None = FrozenDictionary<string, string>.Empty;

    /// <summary>The method, for example <c>GET</c>.</summary>
    public string Method { get; init; } = "GET";

    /// <summary>The whole path and query as they were sent, percent-encoding included.</summary>
    public required string Target { get; init; }

    /// <summary>The path behind the instance's name, without a leading slash and as it was sent; empty if there is none.</summary>
    public string SubPath { get; init; } = "";

    /// <summary>The query's values, decoded; the last one where a key is repeated.</summary>
    public IReadOnlyDictionary<string, string> Query { get; init; } = None;

    /// <summary>The headers, names compared without case; several values of one are joined by commas.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = None;

    /// <summary>Who asks.</summary>
    public ClaimsPrincipal User { get; init; } = new();

    /// <summary>The body; empty for a connection.</summary>
    public Stream Body { get; init; } = Stream.Null;

    /// <summary>The whole body as text.</summary>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<string> ReadTextAsync(CancellationToken cancellationToken = default)
    {
        using var reader = new StreamReader(Body, Encoding.UTF8, leaveOpen: true);
        return await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
    }
}
