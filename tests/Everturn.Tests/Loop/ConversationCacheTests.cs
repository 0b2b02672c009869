using System.Text.Json;
using Everturn.Loop;
using Everturn.Sessions;
using Everturn.Storage;

namespace Everturn.Tests.Loop;

public sealed class ConversationCacheTests
{
    [Fact]
    public void A_conversation_is_there_once_and_only_at_its_version()
    {
        var cache = new ConversationCache(new());
        var talk = Talk("a", version: 3);
        cache.Put(talk);

        cache.Take(new("b"), 3).ShouldBeNull();
        cache.Take(new("a"), 3).ShouldBeSameAs(talk);
        cache.Take(new("a"), 3).ShouldBeNull();
        cache.Put(talk);
        cache.Take(new("a"), 4).ShouldBeNull();
    }

    [Fact]
    public void What_was_not_used_for_longest_goes_when_the_room_is_full()
    {
        var cache = new ConversationCache(new() { ConversationCacheBytes = 3 * Talk("a", 1).Size });
        foreach (var session in new[] { "a", "b", "c" })
        {
            cache.Put(Talk(session, 1));
        }
        cache.Put(cache.Take(new("a"), 1)!);
        cache.Put(Talk("d", 1));

        cache.Take(new("b"), 1).ShouldBeNull();
        foreach (var session in new[] { "a", "c", "d" })
        {
            cache.Take(new(session), 1).ShouldNotBeNull();
        }
    }

    [Fact]
    public void The_room_is_counted_with_texts_calls_and_state()
    {
        var text = new string('x', 10_000);
        var arguments = JsonSerializer.SerializeToElement(text);

        Talk("a", 1, new AgentMessage { Role = MessageRole.User, Content = text }).Size.ShouldBeGreaterThan(20_000);
        Talk("a", 1, new AgentMessage { Role = MessageRole.Assistant, ToolCalls = [new("c", "t", arguments)] })
            .Size.ShouldBeGreaterThan(10_000);
        Talk("a", 1, state: JsonSerializer.SerializeToUtf8Bytes(text)).Size.ShouldBeGreaterThan(20_000);
    }

    private static Conversation Talk(
        string session,
        long version,
        AgentMessage? message = null,
        ReadOnlyMemory<byte>? state = null
    )
    {
        var key = new SessionKey(session);
        var at = DateTimeOffset.UnixEpoch;
        var talk = new Conversation(key);
        var commit = new SessionCommit
        {
            Session = key,
            Kind = CommitKind.RunEnd,
            At = at,
            Messages = message is null ? [] : [message],
            State = state,
        };
        talk.Apply(
            commit,
            new()
            {
                Key = key,
                AgentType = "a",
                Status = SessionStatus.Completed,
                CreatedAt = at,
                UpdatedAt = at,
                Version = version,
            }
        );
        return talk;
    }
}
