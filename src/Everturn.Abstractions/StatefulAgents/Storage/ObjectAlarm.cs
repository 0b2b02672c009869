namespace Everturn.StatefulAgents.Storage;

/// <summary>An object that is to be woken.</summary>
/// <param name="Key">The object.</param>
/// <param name="Time">When, UTC.</param>
public sealed record ObjectAlarm(StatefulAgentId Key, DateTimeOffset Time);
