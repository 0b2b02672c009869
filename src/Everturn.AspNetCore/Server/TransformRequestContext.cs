using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Everturn.AspNetCore.Server;

/// <summary>What <see cref="AgentServerHooks.TransformRequest"/> gets.</summary>
public sealed record TransformRequestContext
{
    /// <summary>Services of the request.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>The request. Its body has been read.</summary>
    public required HttpRequest Request { get; init; }

    /// <summary>The body as it came: any JSON.</summary>
    public required JsonElement Body { get; init; }
}
