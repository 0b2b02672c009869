using System.Text.Json;
using Everturn.Sessions;
using Everturn.State;
using Microsoft.Extensions.AI;

namespace Everturn.Loop;

/// <summary>A session's transcript and state in memory, kept warm between turns; the store has the truth.</summary>
/// <param name="key">The session.</param>
internal sealed class Conversation(SessionKey key)
{
    /// <summary>What one message costs in memory besides its text, as measured on a 64-bit process.</summary>
    private const int MessageOverhead = 250;

    /// <summary>What one call of a tool costs besides its arguments.</summary>
    private const int CallOverhead = 400;

    /// <summary>What a conversation costs besides its messages: the objects here and in the cache.</summary>
    private const int Overhead = 1_000;

    public SessionKey Key { get; } = key;

    /// <summary>The session's version that this corresponds to.</summary>
    public long Version { get; private set; }

    /// <summary>The transcript for chat clients; only ever grows.</summary>
    public List<ChatMessage> Chat { get; } = [];

    /// <summary>Custom state; undefined until something was stored.</summary>
    public JsonElement State { get; private set; }

    /// <summary>Rough size in memory, in bytes.</summary>
    public long Size { get; private set; } = Overhead;

    /// <summary>A conversation as it is stored.</summary>
    public static Conversation From(SessionSnapshot snapshot)
    {
        var conversation = new Conversation(snapshot.Session.Key) { Version = snapshot.Session.Version };
        conversation.Append(snapshot.Messages.Messages);
        conversation.SetState(snapshot.State);
        return conversation;
    }

    /// <summary>Goes along with a commit that was applied.</summary>
    public void Apply(SessionCommit commit, SessionRecord session)
    {
        // Commits of one run may be acknowledged out of order; a flush of chunks changes neither messages nor state.
        Version = Math.Max(Version, session.Version);
        Append(commit.Messages);
        if (commit.State is { } state)
        {
            SetState(state);
        }
    }

    private void Append(IReadOnlyList<AgentMessage> messages)
    {
        MessageConversion.Append(Chat, messages);
        foreach (var message in messages)
        {
            Size += MessageOverhead + (2L * ((message.Content?.Length ?? 0) + (message.Thinking?.Length ?? 0)));
            foreach (var call in message.ToolCalls ?? [])
            {
                Size += CallOverhead + JsonBytes.Length(call.Arguments);
            }
        }
    }

    private void SetState(ReadOnlyMemory<byte> state)
    {
        State = JsonBytes.Parse(state);
        Size += 2L * state.Length;
    }
}
