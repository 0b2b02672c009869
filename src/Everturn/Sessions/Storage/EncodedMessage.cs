namespace Everturn.Sessions.Storage;

/// <summary>A message as stores keep it: content as JSON, the two fields of its row beside it.</summary>
/// <param name="Json">UTF-8 JSON of the message without run and time, see <see cref="MessageJson"/>.</param>
/// <param name="RunId">The run that added it.</param>
/// <param name="CreatedAt">When it was added, in whole milliseconds.</param>
public readonly record struct EncodedMessage(ReadOnlyMemory<byte> Json, string? RunId, DateTimeOffset CreatedAt);
