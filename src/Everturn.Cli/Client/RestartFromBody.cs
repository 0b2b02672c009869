namespace Everturn.Cli.Client;

/// <summary>The step that an instance runs again from.</summary>
internal sealed record RestartFromBody(string Name, int? Count, string? Type);
