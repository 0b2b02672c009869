namespace Everturn.Workflows.Storage;

/// <summary>A workflow whose instances a node can execute.</summary>
/// <param name="Name">Its name.</param>
/// <param name="MaxVersion">The newest version of its definition that the node has code for: instances of later ones wait.</param>
/// <param name="Limit">How many of its instances may be owned at a time, by all nodes and tenants together; null for any number.</param>
public sealed record ClaimableWorkflow(string Name, int MaxVersion = int.MaxValue, int? Limit = null);
