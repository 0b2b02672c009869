using Everturn.Sessions;

namespace Everturn.Loop;

/// <summary>
/// Conversations of sessions between their turns, so that turn 1,000 of a session costs what turn 10 does. A run takes
/// its conversation out, keeps it current, and puts it back when it ends. An entry counts only for the version of the
/// session it was put back with, so a change by anybody else makes it worthless, never wrong.
/// </summary>
/// <param name="options">For the capacity.</param>
internal sealed class ConversationCache(LoopOptions options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<SessionKey, LinkedListNode<Conversation>> _entries = [];
    private readonly LinkedList<Conversation> _byUse = [];
    private long _size;

    /// <summary>Takes a conversation out; null where there is none of that version.</summary>
    public Conversation? Take(SessionKey key, long version)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out var node))
            {
                return null;
            }

            Remove(node);
            return node.Value.Version == version ? node.Value : null;
        }
    }

    /// <summary>Keeps a conversation for the session's next run.</summary>
    public void Put(Conversation conversation)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(conversation.Key, out var old))
            {
                Remove(old);
            }

            _entries[conversation.Key] = _byUse.AddFirst(conversation);
            _size += conversation.Size;
            while (_size > options.ConversationCacheBytes && _byUse.Last is { } last)
            {
                Remove(last);
            }
        }
    }

    private void Remove(LinkedListNode<Conversation> node)
    {
        _byUse.Remove(node);
        _entries.Remove(node.Value.Key);
        _size -= node.Value.Size;
    }
}
