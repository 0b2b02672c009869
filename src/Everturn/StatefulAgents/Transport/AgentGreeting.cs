namespace Everturn.StatefulAgents.Transport;

/// <summary>What a new connection is told.</summary>
/// <param name="Id">The object.</param>
/// <param name="SendIdentity">Whether it is told which object it reached.</param>
/// <param name="State">The state as JSON; null for none.</param>
internal sealed record AgentGreeting(StatefulAgentId Id, bool SendIdentity, ReadOnlyMemory<byte>? State);
