namespace Everturn.Cli.Client;

/// <summary>What became of a rollback.</summary>
internal sealed record RollbackBody(string Outcome, ErrorBody? Error);
