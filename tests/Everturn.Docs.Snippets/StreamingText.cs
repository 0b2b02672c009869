using Everturn.Agents;
using Everturn.Streaming;

namespace Snippets;

internal sealed class StreamingText
{
    private readonly SortedDictionary<long, TextDeltaChunk> _text = [];

    public string Text => string.Concat(_text.Values.Select(chunk => chunk.Delta));

    public void Show(StreamChunk chunk)
    {
        switch (chunk)
        {
            case TextDeltaChunk delta:
                _text[delta.Sequence] = delta;
                break;
            case StepDiscardedChunk discarded:
                foreach (var old in _text.Values.Where(old => IsVoid(old, discarded)).ToList())
                {
                    _text.Remove(old.Sequence);
                }

                break;
        }
    }

    private static bool IsVoid(TextDeltaChunk old, StepDiscardedChunk discarded) =>
        old.AgentId == discarded.AgentId && old.Step == discarded.Step && old.Sequence >= discarded.FromSequence;

    internal async Task<long> FollowAsync(AgentHandle run, CancellationToken ct)
    {
        var seen = 0L;
        await foreach (var chunk in run.StreamAsync(cancellationToken: ct))
        {
            seen = chunk.Sequence;
            Show(chunk);
        }

        return seen;
    }

    internal async Task RejoinAsync(IAgentExecutor executor, long seen, CancellationToken ct)
    {
        var same = await executor.GetHandleAsync(Weather.Agent, "s1", cancellationToken: ct);
        await foreach (var chunk in same!.StreamAsync(afterSequence: seen, ct))
        {
            Show(chunk);
        }
    }
}
