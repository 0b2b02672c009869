namespace Everturn.Sessions;

/// <summary>A message that is no part of the transcript any more, see <see cref="SessionRewind"/>.</summary>
/// <param name="Message">The message.</param>
/// <param name="Position">Its place in the transcript, from 0, as long as it was there.</param>
/// <param name="VoidedByRunId">The run that went back to before it.</param>
/// <param name="VoidedAt">When that was.</param>
public sealed record VoidedMessage(AgentMessage Message, int Position, string VoidedByRunId, DateTimeOffset VoidedAt);
