using Everturn.Sessions;
using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.Sessions;

/// <summary>All that a snapshot needs, as one read transaction found it.</summary>
internal sealed record StoredSnapshot(
    SessionRecord Session,
    StoredRun? Run,
    int Offset,
    List<StoredMessage> Messages,
    byte[]? State,
    List<StoredToolCall> ToolCalls,
    List<StoredChunkRow> Chunks
)
{
    public SessionSnapshot Load(PayloadStore payloads) =>
        new()
        {
            Session = Session,
            Run = Run?.Load(payloads),
            Messages = new MessagePage(
                Messages.ConvertAll(message => message.Load(payloads)),
                Offset,
                Session.MessageCount
            ),
            State = payloads.LoadOrEmpty(State),
            OpenToolCalls = ToolCalls.ConvertAll(call => call.Load(payloads)),
            ChunksInFlight = StoredChunkRow.Load(Chunks, Run?.FinalSequence ?? 0, payloads),
        };
}
