namespace Everturn.Cli.Client;

/// <summary>How a stream ended.</summary>
internal sealed record EndBody(string Status, string? Reason, string? Error, long Sequence);
