using System.Runtime.CompilerServices;
using Everturn.Sessions;
using Microsoft.Extensions.AI;

namespace Everturn.Parity.Tests.Walk;

/// <summary>
/// The model of a walk: says and calls this and that, holds, fails, and checks what it is asked with. Every call of a tool
/// has an id of its own, as from a real one.
/// </summary>
/// <param name="life">The host that asks.</param>
/// <param name="walk">What the hosts of the walk share.</param>
internal sealed class WalkModel(WalkLife life, WalkModel.Script walk) : IChatClient
{
    private const int LongestTurn = 4;
    private static readonly string[] Tools = ["note", "note", "work", "charge", "mail", "refund", "zone"];

    /// <summary>What the hosts of a walk share.</summary>
    public sealed class Script(SessionKey session, int seed, WalkLog log)
    {
        private readonly Random _random = new(seed);
        private int _calls;

        public SessionKey Session => session;

        public WalkLog Log => log;

        /// <summary>Whether the walk is over, and the model only says that.</summary>
        public bool IsEnding { get; set; }

        public int Next(int count)
        {
            lock (_random)
            {
                return _random.Next(count);
            }
        }

        public string NextId(string tool) =>
            $"{(tool is "charge" or "refund" ? "once" : "call")}-{Interlocked.Increment(ref _calls)}";
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        life.ThrowIfOver();
        var asked = messages.ToList();
        await CheckAsync(asked);
        if (walk.IsEnding)
        {
            yield return new(ChatRole.Assistant, "end.");
            yield break;
        }

        var hold = walk.Next(6) == 0 ? Holds.StubbornModel : Holds.Model;
        var text = $"t{walk.Next(1000)} ";
        var turn = asked.Count - 1 - asked.FindLastIndex(message => message.Role == ChatRole.User);
        if (walk.Next(3) == 0)
        {
            await life.Holds.PassAsync(hold, hold == Holds.StubbornModel, cancellationToken);
        }

        var speaks = walk.Next(3) > 0;
        if (speaks)
        {
            yield return new(ChatRole.Assistant, text);
            await life.Holds.PassAsync(hold, hold == Holds.StubbornModel, cancellationToken);
        }

        if (walk.Next(10) == 0)
        {
            throw new HttpRequestException("The model is out of order.");
        }

        var calls = turn > LongestTurn || walk.Next(3) == 0 ? 0 : 1 + walk.Next(3);
        for (var index = 0; index < calls; index++)
        {
            var tool = Tools[walk.Next(Tools.Length)];
            var id = walk.NextId(tool);
            yield return new(
                ChatRole.Assistant,
                [new FunctionCallContent(id, tool, new Dictionary<string, object?> { ["text"] = id, ["to"] = id })]
            );
        }

        if (calls == 0)
        {
            yield return new(ChatRole.Assistant, "end.");
        }
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    ) => GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() { }

    // Invariant 6, and that what it is asked with is what is stored.
    private async Task CheckAsync(List<ChatMessage> asked)
    {
        var stored = await (await life.Host).Store.GetMessagesAsync(walk.Session, 0, int.MaxValue);
        life.ThrowIfOver();
        walk.Log.Add(
            WalkTranscript.Invalid(stored.Messages, mayBeOpen: false).Select(what => $"Asked although {what}")
        );
        var given = asked.SelectMany(Lines).ToList();
        var there = stored.Messages.SelectMany(Lines).ToList();
        if (!given.SequenceEqual(there))
        {
            walk.Log.Violation(
                $"The model is asked with:\n  {string.Join("\n  ", given)}\nbut stored is:\n  {string.Join("\n  ", there)}"
            );
        }

        if (stored.Messages is [.., { } last] && last.Role == MessageRole.Assistant)
        {
            walk.Log.Violation("The model is asked after its own words.");
        }
    }

    private static IEnumerable<string> Lines(ChatMessage message) =>
        message.Contents.Select(content =>
            content switch
            {
                FunctionCallContent call => $"call {call.CallId}",
                FunctionResultContent result => $"result {result.CallId}: {result.Result}",
                _ => $"{message.Role}: {content}",
            }
        );

    private static IEnumerable<string> Lines(AgentMessage message) =>
        message.Role == MessageRole.Tool
            ? [$"result {message.ToolCallId}: {message.Content}"]
            :
            [
                .. message.Content is { Length: > 0 } text ? [$"{message.Role}: {text}"] : (string[])[],
                .. (message.ToolCalls ?? []).Select(call => $"call {call.Id}"),
            ];
}
