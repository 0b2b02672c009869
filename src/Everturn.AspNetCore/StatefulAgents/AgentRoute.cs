using Everturn.StatefulAgents;

namespace Everturn.AspNetCore.StatefulAgents;

/// <summary>Where a request goes.</summary>
/// <param name="Id">The object.</param>
/// <param name="SubPath">What of the path is left for it, as it was sent.</param>
internal sealed record AgentRoute(StatefulAgentId Id, string SubPath);
