namespace Everturn.Cli.Client;

/// <summary>What a turn begins with.</summary>
internal sealed record StartInputBody(string Message);
