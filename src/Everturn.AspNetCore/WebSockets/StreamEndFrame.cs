using Everturn.AspNetCore.Sessions;

namespace Everturn.AspNetCore;

/// <summary>The last frame of a WebSocket on a session's stream: what server-sent events say in their event <c>end</c>.</summary>
/// <param name="End">How the run ended.</param>
public sealed record StreamEndFrame(StreamEndEvent End);
