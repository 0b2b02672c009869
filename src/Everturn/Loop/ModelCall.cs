using System.Text;
using Everturn.Usage;
using Microsoft.Extensions.AI;

namespace Everturn.Loop;

/// <summary>One attempt of a model call: collects the reply and emits its pieces as chunks.</summary>
/// <param name="execution">The run.</param>
/// <param name="deltas">Where the chunks go.</param>
/// <param name="time">The clock.</param>
internal sealed class ModelCall(RunExecution execution, DeltaFlusher deltas, TimeProvider time)
{
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _thinking = new();
    private readonly List<FunctionCallContent> _calls = [];
    private string? _signature;
    private string? _modelId;
    private ChatFinishReason? _finishReason;
    private UsageDetails? _usage;

    /// <param name="client">The chat client.</param>
    /// <param name="messages">System prompt and transcript.</param>
    /// <param name="options">The call's own options.</param>
    /// <param name="stopping">The host is stopping: the call is given up, its reply is not used.</param>
    /// <param name="cancellationToken">Cancelled by an interrupt too, which keeps what has come.</param>
    public async ValueTask<ModelReply> RunAsync(
        IChatClient client,
        IEnumerable<ChatMessage> messages,
        ChatOptions options,
        CancellationToken stopping,
        CancellationToken cancellationToken
    )
    {
        var started = time.GetTimestamp();
        using var stall = new StallGuard(execution.Agent.Retry.StallTimeout, time, cancellationToken);
        var interrupted = false;
        try
        {
            await foreach (
                var update in client
                    .GetStreamingResponseAsync(messages, options, stall.Token)
                    .WithCancellation(stall.Token)
                    .ConfigureAwait(false)
            )
            {
                stall.Reset();
                Take(update);
            }
        }
        catch (OperationCanceledException exception)
        {
            stopping.ThrowIfCancellationRequested();
            stall.ThrowIfStalled(exception);
            if (!execution.Stop.IsCancellationRequested)
            {
                throw;
            }

            interrupted = true;
        }

        return new ModelReply
        {
            Text = _text.ToString(),
            Thinking = _thinking.Length == 0 ? null : _thinking.ToString(),
            ThinkingSignature = _signature,
            Calls = MessageConversion.Calls(_calls, execution.Run.RunId, execution.Step),
            Tokens = Tokens(),
            ModelId = _modelId,
            Provider = client.GetService<ChatClientMetadata>()?.ProviderName,
            FinishReason = _finishReason?.Value,
            Duration = time.GetElapsedTime(started),
            IsPartial = interrupted,
        };
    }

    private void Take(ChatResponseUpdate update)
    {
        _modelId ??= update.ModelId;
        _finishReason = update.FinishReason ?? _finishReason;
        foreach (var content in update.Contents)
        {
            switch (content)
            {
                case TextReasoningContent reasoning:
                    _signature = reasoning.ProtectedData ?? _signature;
                    _thinking.Append(reasoning.Text);
                    Emit(reasoning.Text, execution.Chunks.Thinking);
                    break;
                case TextContent text:
                    _text.Append(text.Text);
                    Emit(text.Text, execution.Chunks.TextDelta);
                    break;
                case FunctionCallContent { Exception: { } unreadable } call:
                    throw new ModelErrorException(
                        $"The model called '{call.Name}' with arguments that cannot be read: {unreadable.Message}",
                        code: null
                    );
                case FunctionCallContent call:
                    _calls.Add(call);
                    break;
                case UsageContent usage:
                    (_usage ??= new UsageDetails()).Add(usage.Details);
                    break;
                case ErrorContent error:
                    throw new ModelErrorException(error.Message, error.ErrorCode);
            }
        }
    }

    private void Emit(string text, Func<int, string, ReadOnlyMemory<byte>> chunk)
    {
        for (var start = 0; start < text.Length; )
        {
            var length = Math.Min(ChunkFactory.MaxDeltaLength, text.Length - start);
            if (start + length < text.Length && char.IsHighSurrogate(text[start + length - 1]))
            {
                length--;
            }

            deltas.Add(chunk(execution.Step, length == text.Length ? text : text.Substring(start, length)));
            start += length;
        }
    }

    private TokenUsage? Tokens() =>
        _usage is not { } usage
            ? null
            : new TokenUsage
            {
                Prompt = usage.InputTokenCount ?? 0,
                Completion = usage.OutputTokenCount ?? 0,
                Reasoning = usage.ReasoningTokenCount ?? 0,
                Cached = usage.CachedInputTokenCount ?? 0,
                Total = usage.TotalTokenCount ?? ((usage.InputTokenCount ?? 0) + (usage.OutputTokenCount ?? 0)),
            };
}
