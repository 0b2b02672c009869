using Microsoft.AspNetCore.Http;

namespace Everturn.AspNetCore.Server;

/// <summary>Ends a request before anything was changed (Helix Agents, <c>AbortResult</c>).</summary>
/// <param name="Response">The answer.</param>
public sealed record AbortResult(IResult Response);
