using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Everturn.Testing.Models;

/// <summary>Replies waiting to be played, one for each call.</summary>
public sealed class ScriptedReplies
{
    private readonly ConcurrentQueue<ScriptedReply> _queue = new();
    private ScriptedReply? _always;

    /// <summary>Adds replies.</summary>
    /// <param name="replies">One for each call, in order.</param>
    public ScriptedReplies Enqueue(params IEnumerable<ScriptedReply> replies)
    {
        ArgumentNullException.ThrowIfNull(replies);
        foreach (var reply in replies)
        {
            _queue.Enqueue(reply);
        }

        return this;
    }

    /// <summary>Gives this reply to every call once the others are used up.</summary>
    /// <param name="reply">The reply.</param>
    public ScriptedReplies Always(ScriptedReply reply)
    {
        _always = reply;
        return this;
    }

    internal int Count => _queue.Count;

    internal bool TryTake([NotNullWhen(true)] out ScriptedReply? reply)
    {
        if (!_queue.TryDequeue(out reply))
        {
            reply = _always;
        }

        return reply is not null;
    }
}
