namespace Everturn.Cli.Client;

/// <summary>The workflows of a server.</summary>
internal sealed record WorkflowsBody(IReadOnlyList<WorkflowBody> Workflows);
