using Everturn.Testing.Models;
using Microsoft.Extensions.AI;

namespace Everturn.Crash.Host;

/// <summary>The models: functions of the transcript, so that every life of the process says the same.</summary>
internal static class Scripts
{
    public static ScriptedReply Text(IReadOnlyList<ChatMessage> messages) =>
        ScriptedReply
            .Text("You ", "said ", $"'{Asked(messages)}'", " in turn ", $"{Turn(messages)}", ".")
            .ThenUsage(messages.Count, 6);

    public static ScriptedReply Tool(IReadOnlyList<ChatMessage> messages) =>
        Steps(messages) == 0 ? Look(messages, "one") : Text(messages);

    public static ScriptedReply Parallel(IReadOnlyList<ChatMessage> messages) =>
        Steps(messages) == 0 ? Look(messages, "one", "two", "three") : Text(messages);

    public static ScriptedReply Multi(IReadOnlyList<ChatMessage> messages) =>
        Steps(messages) switch
        {
            0 => Look(messages, "one"),
            1 => Look(messages, "two", "three"),
            2 => Look(messages, "four"),
            _ => Text(messages),
        };

    public static ScriptedReply Structured(IReadOnlyList<ChatMessage> messages) =>
        Steps(messages) == 0
            ? Look(messages, "one")
            : ScriptedReply.Finish(new() { ["text"] = Asked(messages), ["count"] = Turn(messages) });

    /// <summary>Many pieces, with a pause after each, so that there is a middle in which to be killed.</summary>
    public static Func<IReadOnlyList<ChatMessage>, ScriptedReply> Deltas(TimeSpan pause) =>
        messages =>
        {
            var reply = ScriptedReply.Text("Counting for turn ", $"{Turn(messages)}:");
            for (var i = 1; i <= 60; i++)
            {
                reply = reply.ThenText($" {i}").ThenWait(token => new(Task.Delay(pause, TimeProvider.System, token)));
            }

            return reply;
        };

    /// <summary>A tool, then an answer that stops in its middle until the test lets it go on.</summary>
    public static Func<IReadOnlyList<ChatMessage>, ScriptedReply> Held(ReleaseFile release) =>
        messages =>
            Steps(messages) == 0
                ? Look(messages, "one")
                : ScriptedReply
                    .Text("Wait", " for", " it:")
                    .ThenWait(release.PassAsync)
                    .ThenText(" here", " it", " is.");

    /// <summary>Stops in the middle of its first step, which calls a tool, until the test lets this conversation go on.</summary>
    public static Func<IReadOnlyList<ChatMessage>, ScriptedReply> Busy(ReleaseFile release) =>
        messages =>
            Turn(messages) == 1 && Steps(messages) == 0 && Asked(messages) != "two"
                ? ScriptedReply
                    .Text("Wait")
                    .ThenWait(token => release.PassAsync(Asked(messages), token))
                    .ThenToolCall("note", new() { ["item"] = "one" })
                : Text(messages);

    /// <summary>Never ends its first answer.</summary>
    public static ScriptedReply Endless(IReadOnlyList<ChatMessage> messages) =>
        Turn(messages) == 1 ? ScriptedReply.Text("For", " ever").ThenStall() : Text(messages);

    /// <summary>Fails for good after a tool, if it is asked to.</summary>
    public static ScriptedReply Failing(IReadOnlyList<ChatMessage> messages) =>
        Asked(messages) != "fail" ? Text(messages)
        : Steps(messages) == 0 ? Look(messages, "one")
        : ScriptedReply.Text("I").ThenFail(new InvalidOperationException("As I was asked to."));

    private static ScriptedReply Look(IReadOnlyList<ChatMessage> messages, params string[] items) =>
        items.Aggregate(
            ScriptedReply.Text("Step ", $"{Steps(messages) + 1}. "),
            (reply, item) => reply.ThenToolCall("note", new() { ["item"] = $"{item} of turn {Turn(messages)}" })
        );

    private static string Asked(IReadOnlyList<ChatMessage> messages) => messages.Last(IsUser).Text;

    private static int Turn(IReadOnlyList<ChatMessage> messages) => messages.Count(IsUser);

    private static int Steps(IReadOnlyList<ChatMessage> messages) =>
        messages.Reverse().TakeWhile(message => !IsUser(message)).Count(message => message.Role == ChatRole.Assistant);

    private static bool IsUser(ChatMessage message) => message.Role == ChatRole.User;
}
