namespace Everturn.AspNetCore.StatefulAgents;

/// <summary>What waits to be sent on a socket.</summary>
/// <param name="Data">The frame's text or bytes, shared with other sockets.</param>
/// <param name="IsText">Whether it is text.</param>
/// <param name="Close">The end, instead of a frame.</param>
internal readonly record struct OutgoingFrame(ReadOnlyMemory<byte> Data, bool IsText, SocketClose? Close);
