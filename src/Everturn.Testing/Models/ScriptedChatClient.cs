namespace Everturn.Testing.Models;

/// <summary>
/// A model that answers from a script, streaming or not:
/// <code>
/// var model = new ScriptedChatClient(ScriptedReply.ToolCall("search"), "Found it.");
/// model.For(call => call.LastUserText.Contains("weather")).Enqueue("Rain.");
/// services.AddSingleton&lt;IChatClient&gt;(model);
/// </code>
/// A call takes the next reply of the first matching <see cref="For"/> that has one left, else the next of the common
/// queue. Its script lives in memory, so a process that starts again needs a <see cref="FunctionChatClient"/>.
/// </summary>
public sealed class ScriptedChatClient : ReplayingChatClient
{
    private readonly Lock _lock = new();
    private readonly List<(Func<ModelCall, bool> Matches, ScriptedReplies Replies)> _special = [];
    private readonly ScriptedReplies _common = new();

    /// <summary>A model with these replies.</summary>
    /// <param name="replies">One for each call, in order.</param>
    public ScriptedChatClient(params IEnumerable<ScriptedReply> replies) => _common.Enqueue(replies);

    /// <summary>How many replies nobody has asked for; those for all further calls are not counted.</summary>
    public int RepliesLeft
    {
        get
        {
            lock (_lock)
            {
                return _common.Count + _special.Sum(special => special.Replies.Count);
            }
        }
    }

    /// <summary>Adds replies for further calls.</summary>
    /// <param name="replies">One for each call, in order.</param>
    public ScriptedChatClient Enqueue(params IEnumerable<ScriptedReply> replies)
    {
        _common.Enqueue(replies);
        return this;
    }

    /// <summary>Replies for calls that meet a condition.</summary>
    /// <param name="matches">The condition.</param>
    public ScriptedReplies For(Func<ModelCall, bool> matches)
    {
        ArgumentNullException.ThrowIfNull(matches);
        var replies = new ScriptedReplies();
        lock (_lock)
        {
            _special.Add((matches, replies));
        }

        return replies;
    }

    /// <summary>
    /// Replies for one of several agents that share this model, told by its instructions. An agent with a chat client
    /// of its own key can also have a <see cref="ScriptedChatClient"/> of its own.
    /// </summary>
    /// <param name="instructions">Part of the agent's instructions.</param>
    public ScriptedReplies ForAgent(string instructions) =>
        For(call => call.Instructions.Contains(instructions, StringComparison.Ordinal));

    private protected override ScriptedReply Choose(ModelCall call)
    {
        lock (_lock)
        {
            foreach (var (matches, replies) in _special)
            {
                if (matches(call) && replies.TryTake(out var reply))
                {
                    return reply;
                }
            }
        }

        // Bad input, since that is what the loop does not try again: a test with too short a script fails at once.
        return _common.TryTake(out var next)
            ? next
            : throw new InvalidInputException(
                "replies",
                $"The script has no reply left for call {Calls.Count}, whose last message is '{LastText(call)}'."
            );
    }

    private static string LastText(ModelCall call) =>
        call.Messages.Count == 0 ? "" : $"{call.Messages[^1].Role}: {call.Messages[^1].Text}";
}
