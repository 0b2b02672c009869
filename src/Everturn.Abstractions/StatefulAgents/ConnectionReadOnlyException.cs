namespace Everturn.StatefulAgents;

/// <summary>A client whose connection is read-only tried to change the state. Nothing was changed.</summary>
public sealed class ConnectionReadOnlyException() : EverturnException("Connection is readonly");
