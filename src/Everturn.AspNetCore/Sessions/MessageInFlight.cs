using System.Text;
using Everturn.Sessions;
using Everturn.Streaming;

namespace Everturn.AspNetCore.Sessions;

/// <summary>The message that the model is about to make, from the chunks of the step under way.</summary>
internal static class MessageInFlight
{
    /// <summary>The message; null where there is nothing of it, or it is in the transcript already.</summary>
    public static MessageView? Of(SessionSnapshot snapshot)
    {
        // Open calls mean that the message is stored, and that its chunks are final.
        if (snapshot.Run is not { Status.IsEnded: false } run || snapshot.OpenToolCalls.Count > 0)
        {
            return null;
        }
        var chunks = Valid(snapshot.ChunksInFlight);
        var text = Join(chunks.OfType<TextDeltaChunk>().Select(chunk => chunk.Delta));
        var thinking = Join(chunks.OfType<ThinkingChunk>().Select(chunk => chunk.Content));
        return text is null && thinking is null
            ? null
            : new()
            {
                Role = MessageRole.Assistant,
                Content = text,
                Thinking = thinking,
                Partial = true,
                RunId = run.RunId,
            };
    }

    private static List<StreamChunk> Valid(IReadOnlyList<StoredChunk> stored)
    {
        var chunks = new List<(long Sequence, StreamChunk Chunk)>(stored.Count);
        foreach (var item in stored)
        {
            var chunk = StreamChunkJson.Decode(item);
            if (chunk is StepDiscardedChunk discarded)
            {
                chunks.RemoveAll(earlier => earlier.Sequence >= discarded.FromSequence);
            }
            else
            {
                chunks.Add((item.Sequence, chunk));
            }
        }
        return chunks.ConvertAll(item => item.Chunk);
    }

    private static string? Join(IEnumerable<string> pieces)
    {
        var text = new StringBuilder().AppendJoin("", pieces);
        return text.Length == 0 ? null : text.ToString();
    }
}
