using System.Collections;
using Microsoft.Extensions.AI;

namespace Everturn.Loop;

/// <summary>
/// The messages of one model call: the system prompt and the transcript so far. A view of fixed length over the shared
/// list, so that a call costs nothing per earlier turn and later messages do not show in it.
/// </summary>
/// <param name="instructions">The system prompt; null for none.</param>
/// <param name="messages">The conversation's messages, which only ever grow.</param>
internal sealed class ChatTranscript(ChatMessage? instructions, List<ChatMessage> messages) : IReadOnlyList<ChatMessage>
{
    private readonly int _offset = instructions is null ? 0 : 1;

    public int Count { get; } = messages.Count + (instructions is null ? 0 : 1);

    public ChatMessage this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return index < _offset ? instructions! : messages[index - _offset];
        }
    }

    public IEnumerator<ChatMessage> GetEnumerator()
    {
        for (var index = 0; index < Count; index++)
        {
            yield return this[index];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
