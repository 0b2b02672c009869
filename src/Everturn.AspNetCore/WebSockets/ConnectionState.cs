using System.Text.Json.Serialization;

namespace Everturn.AspNetCore;

/// <summary>
/// All that a WebSocket on a session's stream has as its state (Helix Agents, <c>ConnectionState</c>), and the message
/// by which a client changes it. It is enough to go on after the connection or the server broke.
/// </summary>
/// <param name="FromSequence">The last number the reader has, 0 or more.</param>
public sealed record ConnectionState([property: JsonRequired] long FromSequence);
