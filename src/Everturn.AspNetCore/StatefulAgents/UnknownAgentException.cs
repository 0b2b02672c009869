namespace Everturn.AspNetCore.StatefulAgents;

/// <summary>The path names an agent that is not registered.</summary>
internal sealed class UnknownAgentException() : EverturnException("Invalid request");
