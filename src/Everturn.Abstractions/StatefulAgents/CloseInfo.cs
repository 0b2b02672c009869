namespace Everturn.StatefulAgents;

/// <summary>How a connection ended.</summary>
/// <param name="Code">The WebSocket close code; 1006 when it broke.</param>
/// <param name="Reason">What the closing side said; may be empty.</param>
/// <param name="WasClean">Whether both sides said goodbye.</param>
public sealed record CloseInfo(int Code, string Reason, bool WasClean);
