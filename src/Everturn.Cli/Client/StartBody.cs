namespace Everturn.Cli.Client;

/// <summary>A request to begin a turn.</summary>
internal sealed record StartBody(string AgentType, string SessionId, StartInputBody Input, string RequestId);
