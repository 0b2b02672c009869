namespace Everturn.Sessions.Storage;

/// <summary>What the workflow instance that carries a run is started with: a pointer, never content.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="SessionId">The session.</param>
/// <param name="RunId">The run.</param>
internal sealed record InstanceParameters(string Tenant, string SessionId, string RunId);
