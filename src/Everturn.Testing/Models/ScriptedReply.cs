using Everturn.Agents;
using Microsoft.Extensions.AI;

namespace Everturn.Testing.Models;

/// <summary>
/// What a scripted model answers to one call, piece by piece. Immutable: every <c>Then</c> gives a longer reply.
/// <code>
/// ScriptedReply.Text("Let me ", "look.").ThenToolCall("search", new() { ["query"] = "leases" }).ThenUsage(12, 5)
/// </code>
/// A string is a reply of one piece of text.
/// </summary>
public sealed class ScriptedReply
{
    private readonly ReplyPart[] _parts;

    private ScriptedReply(ReplyPart[] parts) => _parts = parts;

    /// <summary>A reply that says nothing.</summary>
    public static ScriptedReply Empty { get; } = new([]);

    internal IReadOnlyList<ReplyPart> Parts => _parts;

    /// <summary>A reply of text, streamed in exactly these pieces.</summary>
    /// <param name="pieces">The pieces.</param>
    public static ScriptedReply Text(params IReadOnlyList<string> pieces) => Empty.ThenText(pieces);

    /// <summary>A reply that calls a tool.</summary>
    /// <param name="name">The tool.</param>
    /// <param name="arguments">Its arguments; null for none.</param>
    /// <param name="callId">The call's id; null for one made from the length of the transcript.</param>
    public static ScriptedReply ToolCall(
        string name,
        Dictionary<string, object?>? arguments = null,
        string? callId = null
    ) => Empty.ThenToolCall(name, arguments, callId);

    /// <summary>A reply that gives a structured output, as a call of the tool that the loop injects for it.</summary>
    /// <param name="output">The output's properties.</param>
    public static ScriptedReply Finish(Dictionary<string, object?> output) =>
        Empty.ThenToolCall(OutputContract.FinishToolName, output);

    /// <summary>A call that fails before the first piece.</summary>
    /// <param name="exception">What it throws.</param>
    public static ScriptedReply Fail(Exception exception) => Empty.ThenFail(exception);

    /// <summary>A call that never answers; it ends when it is cancelled.</summary>
    public static ScriptedReply Stall() => Empty.ThenStall();

    /// <summary>A reply of one piece of text.</summary>
    /// <param name="text">The text.</param>
    public static implicit operator ScriptedReply(string text) => Text(text);

    /// <summary>A reply of one piece of text; the named form of the conversion.</summary>
    /// <param name="text">The text.</param>
    public static ScriptedReply FromString(string text) => text;

    /// <summary>Goes on with text, streamed in exactly these pieces.</summary>
    /// <param name="pieces">The pieces.</param>
    public ScriptedReply ThenText(params IReadOnlyList<string> pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        return new([.. _parts, .. pieces.Select(piece => new ReplyPart(new TextContent(piece), null))]);
    }

    /// <summary>Goes on with reasoning, streamed in exactly these pieces.</summary>
    /// <param name="pieces">The pieces.</param>
    public ScriptedReply ThenReasoning(params IReadOnlyList<string> pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        return new([.. _parts, .. pieces.Select(piece => new ReplyPart(new TextReasoningContent(piece), null))]);
    }

    /// <summary>Calls a tool. Several in one reply are parallel calls.</summary>
    /// <param name="name">The tool.</param>
    /// <param name="arguments">Its arguments; null for none.</param>
    /// <param name="callId">The call's id; null for one made from the length of the transcript.</param>
    public ScriptedReply ThenToolCall(
        string name,
        Dictionary<string, object?>? arguments = null,
        string? callId = null
    ) => ThenContent(new FunctionCallContent(callId ?? "", name, arguments ?? []));

    /// <summary>Reports usage.</summary>
    /// <param name="inputTokens">Tokens of the request.</param>
    /// <param name="outputTokens">Tokens of the answer.</param>
    public ScriptedReply ThenUsage(long inputTokens, long outputTokens) =>
        ThenContent(
            new UsageContent(
                new()
                {
                    InputTokenCount = inputTokens,
                    OutputTokenCount = outputTokens,
                    TotalTokenCount = inputTokens + outputTokens,
                }
            )
        );

    /// <summary>Goes on with any other content.</summary>
    /// <param name="content">The content.</param>
    public ScriptedReply ThenContent(AIContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return new([.. _parts, new(content, null)]);
    }

    /// <summary>Stops until the test releases the gate.</summary>
    /// <param name="gate">The gate.</param>
    public ScriptedReply ThenGate(ReplyGate gate)
    {
        ArgumentNullException.ThrowIfNull(gate);
        return ThenWait(gate.PassAsync);
    }

    /// <summary>Waits for whatever the test likes, for example a pause on a virtual clock.</summary>
    /// <param name="wait">Gets the call's token.</param>
    public ScriptedReply ThenWait(Func<CancellationToken, ValueTask> wait)
    {
        ArgumentNullException.ThrowIfNull(wait);
        return new([.. _parts, new(null, wait)]);
    }

    /// <summary>Fails here: what came before has been streamed already.</summary>
    /// <param name="exception">What it throws.</param>
    public ScriptedReply ThenFail(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return ThenWait(_ => ValueTask.FromException(exception));
    }

    /// <summary>Says nothing more and does not end; only cancelling the call ends it.</summary>
    public ScriptedReply ThenStall() => ThenWait(token => new(new TaskCompletionSource().Task.WaitAsync(token)));
}
