namespace Everturn.Cli.Client;

/// <summary>An event that no wait has received.</summary>
internal sealed record PendingEventBody(string Type, DateTimeOffset SentAt);
