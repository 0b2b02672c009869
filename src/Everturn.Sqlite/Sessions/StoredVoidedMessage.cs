using Everturn.Sessions;
using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.Sessions;

/// <summary>A void message whose content is still encoded.</summary>
/// <param name="Number">Its place among the session's void messages.</param>
/// <param name="Message">The message.</param>
/// <param name="Position">Where it was in the transcript.</param>
/// <param name="VoidedBy">The run that went back.</param>
/// <param name="VoidedAt">When that was.</param>
internal sealed record StoredVoidedMessage(
    long Number,
    StoredMessage Message,
    int Position,
    string VoidedBy,
    DateTimeOffset VoidedAt
)
{
    public VoidedMessage Load(PayloadStore payloads) => new(Message.Load(payloads), Position, VoidedBy, VoidedAt);
}
