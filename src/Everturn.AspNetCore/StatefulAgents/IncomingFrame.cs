namespace Everturn.AspNetCore.StatefulAgents;

/// <summary>A message that a client sent.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Data">Its text in UTF-8, or its bytes.</param>
internal readonly record struct IncomingFrame(IncomingFrameKind Kind, ReadOnlyMemory<byte> Data);
