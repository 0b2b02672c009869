namespace Everturn.AspNetCore.Sessions;

/// <summary>Answer to a start (Helix Agents, <c>AgentStartResponse</c>).</summary>
/// <param name="SessionId">The session.</param>
/// <param name="StreamId">Its stream: streams belong to sessions, so it is the same id.</param>
/// <param name="Status">
/// <c>started</c> for a new session, <c>resumed</c> where the start continues or rejoins one, <c>queued</c> where the
/// message waits for the run in its way, <c>joined</c> where a repeated request has become part of another run.
/// </param>
public sealed record AgentStartResponse(string SessionId, string StreamId, string Status);
