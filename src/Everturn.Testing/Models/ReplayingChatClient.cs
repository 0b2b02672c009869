using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Everturn.Testing.Models;

/// <summary>A model that plays replies and keeps the calls it got. Safe for calls in parallel.</summary>
public abstract class ReplayingChatClient : IChatClient
{
    private readonly ConcurrentQueue<ModelCall> _calls = new();

    private protected ReplayingChatClient() { }

    /// <summary>The calls so far, in the order in which they came.</summary>
    public IReadOnlyList<ModelCall> Calls => [.. _calls];

    /// <inheritdoc />
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        await PlayAsync(Record(messages, options, isStreaming: false), cancellationToken)
            .ToChatResponseAsync(cancellationToken)
            .ConfigureAwait(false);

    /// <inheritdoc />
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    ) => PlayAsync(Record(messages, options, isStreaming: true), cancellationToken);

    /// <inheritdoc />
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <inheritdoc />
    public void Dispose() => GC.SuppressFinalize(this);

    /// <summary>Chooses the reply to a call.</summary>
    /// <param name="call">The call.</param>
    private protected abstract ScriptedReply Choose(ModelCall call);

    private ModelCall Record(IEnumerable<ChatMessage> messages, ChatOptions? options, bool isStreaming)
    {
        var call = new ModelCall([.. messages], options, isStreaming);
        _calls.Enqueue(call);
        return call;
    }

    private async IAsyncEnumerable<ChatResponseUpdate> PlayAsync(
        ModelCall call,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var reply = Choose(call);
        // From the transcript and not from a counter: the same in a process that was started again.
        var id = $"{call.Messages.Count(message => message.Role != ChatRole.System)}";
        var toolCalls = 0;
        foreach (var part in reply.Parts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (part.Action is { } action)
            {
                await action(cancellationToken).ConfigureAwait(false);
                continue;
            }

            var content = part.Content switch
            {
                FunctionCallContent { CallId: "" } open => new FunctionCallContent(
                    $"call-{id}-{++toolCalls}",
                    open.Name,
                    open.Arguments
                ),
                var other => other!,
            };
            yield return new(ChatRole.Assistant, [content]) { MessageId = $"message-{id}" };
        }
    }
}
