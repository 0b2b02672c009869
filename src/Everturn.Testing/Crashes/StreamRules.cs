using System.Text;
using Everturn.Sessions;
using Everturn.Streaming;

namespace Everturn.Testing.Crashes;

/// <summary>
/// What the event log says must be what the transcript says, once the chunks that were declared void are left out. Of a
/// run before a <c>stream_resync</c> the transcript may have the beginning only.
/// </summary>
internal static class StreamRules
{
    public static IEnumerable<string> Check(SessionEvidence session)
    {
        var chunks = session.Chunks.Select(Decode).ToList();
        var putBack = chunks.OfType<StreamResyncChunk>().LastOrDefault()?.Sequence ?? 0;
        foreach (var run in session.Runs)
        {
            var spoken = Valid([.. chunks.Where(chunk => chunk.AgentId == run.RunId)]);
            var said = string.Concat(spoken.OfType<TextDeltaChunk>().Select(chunk => chunk.Delta));
            var written = string.Concat(
                session
                    .Messages.Where(message => message.RunId == run.RunId && message.Role == MessageRole.Assistant)
                    .Select(message => message.Content)
            );
            var isVoidable = run.EndSequence < putBack;
            if (said != written && !(isVoidable && said.StartsWith(written, StringComparison.Ordinal)))
            {
                yield return $"The stream of run {run.Ordinal} says '{said}', the transcript '{written}'.";
            }

            foreach (
                var call in spoken.OfType<ToolEndChunk>().GroupBy(chunk => chunk.ToolCallId, StringComparer.Ordinal)
            )
            {
                if (call.Count() != 1)
                {
                    yield return $"The stream of run {run.Ordinal} ends call '{call.Key}' {call.Count()} times.";
                }
            }
        }
    }

    private static List<StreamChunk> Valid(IReadOnlyList<StreamChunk> chunks)
    {
        var valid = new List<StreamChunk>();
        foreach (var chunk in chunks)
        {
            if (chunk is StepDiscardedChunk discarded)
            {
                valid.RemoveAll(other => other.Step == discarded.Step && other.Sequence >= discarded.FromSequence);
            }
            else
            {
                valid.Add(chunk);
            }
        }

        return valid;
    }

    private static StreamChunk Decode(ReceivedChunk chunk) =>
        StreamChunkJson.Decode(new(chunk.Sequence, Encoding.UTF8.GetBytes(chunk.Json)));
}
