namespace Everturn.Sessions;

/// <summary>
/// Puts a transcript back to its beginning, for a run that goes on from there. What came after is void: no part of the
/// transcript any more, but still listed by <see cref="ISessionStore.ListVoidedMessagesAsync"/>, and so are the
/// checkpoints behind it. Chunk numbers go on.
/// </summary>
/// <param name="MessageCount">How many messages stay, from 0.</param>
public sealed record SessionRewind(int MessageCount);
