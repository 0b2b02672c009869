using System.Text;
using Everturn.Agents;
using Microsoft.Extensions.AI;
using Sdk = OpenAI.Chat;

namespace Everturn.OpenAI;

/// <summary>One reply as it streams in: passes text on and puts the pieces of tool calls together.</summary>
internal sealed class StreamedReply
{
    private readonly SortedDictionary<int, PendingCall> _calls = [];
    private string? _id;
    private string? _model;
    private ChatFinishReason? _finish;

    /// <summary>What one chunk adds.</summary>
    /// <exception cref="ModelRequestException">It reports an error.</exception>
    public ChatResponseUpdate Take(Sdk.StreamingChatCompletionUpdate chunk)
    {
        OpenAIFailures.ThrowReported(chunk);
        _id ??= chunk.CompletionId;
        _model ??= chunk.Model;
        _finish ??= chunk.FinishReason is { } reason ? Replies.Reason(reason) : null;
        var contents = new List<AIContent>();
        if (ReasoningText.Of(chunk) is { Length: > 0 } reasoning)
        {
            contents.Add(new TextReasoningContent(reasoning));
        }

        contents.AddRange(
            chunk.ContentUpdate.Where(part => part.Text is { Length: > 0 }).Select(part => new TextContent(part.Text))
        );
        if (chunk.RefusalUpdate is { Length: > 0 } refusal)
        {
            contents.Add(new TextContent(refusal));
        }

        foreach (var piece in chunk.ToolCallUpdates)
        {
            Take(piece);
        }

        if (chunk.Usage is { } usage)
        {
            contents.Add(new UsageContent(Replies.Usage(usage)));
        }

        return Update(contents, chunk);
    }

    /// <summary>The tool calls, which are whole only at the end.</summary>
    /// <exception cref="ModelRequestException">The stream ended before the reply did.</exception>
    public ChatResponseUpdate Complete()
    {
        if (_finish is null)
        {
            // A proxy may end a broken stream as if it were whole; only the finish reason says that it is.
            throw new ModelRequestException("The stream ended before the reply did.");
        }

        return Update(
            [.. _calls.Values.Select(call => Replies.Call(call.Id, call.Name, call.Arguments.ToString()))],
            chunk: null
        );
    }

    private void Take(Sdk.StreamingChatToolCallUpdate piece)
    {
        if (!_calls.TryGetValue(piece.Index, out var call))
        {
            _calls.Add(piece.Index, call = new());
        }

        call.Id = piece.ToolCallId is { Length: > 0 } id ? id : call.Id;
        call.Name = piece.FunctionName is { Length: > 0 } name ? name : call.Name;
        call.Arguments.Append(piece.FunctionArgumentsUpdate?.ToString());
    }

    private ChatResponseUpdate Update(List<AIContent> contents, Sdk.StreamingChatCompletionUpdate? chunk) =>
        new(ChatRole.Assistant, contents)
        {
            ResponseId = _id,
            MessageId = _id,
            ModelId = _model,
            FinishReason = _finish,
            CreatedAt = chunk?.CreatedAt,
            RawRepresentation = chunk,
        };

    private sealed class PendingCall
    {
        public string Id { get; set; } = "";

        public string Name { get; set; } = "";

        public StringBuilder Arguments { get; } = new();
    }
}
