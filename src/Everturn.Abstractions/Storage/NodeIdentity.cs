namespace Everturn.Storage;

/// <summary>An executing host. Its epoch grows with every takeover and after every failed write of its store.</summary>
/// <param name="NodeId">Unique id of the host's process.</param>
/// <param name="Epoch">From 1; the fence against the host's own past.</param>
public readonly record struct NodeIdentity(string NodeId, long Epoch);
