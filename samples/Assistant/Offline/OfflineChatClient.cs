using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Assistant.Offline;

/// <summary>
/// A model that needs no key and no network: rules instead of weights. It is told what any model is told, calls the
/// agent's tools, quotes what they found, and answers the same transcript the same way each time. Tokens are counted as
/// <see cref="OfflineTokens"/> says.
/// </summary>
/// <param name="time">The clock of the pauses.</param>
/// <param name="tokenDelay">The pause before each token and each call.</param>
internal sealed class OfflineChatClient(TimeProvider time, TimeSpan tokenDelay) : IChatClient
{
    private static readonly ChatClientMetadata Metadata = new("everturn-offline", defaultModelId: "offline");

    /// <inheritdoc />
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    ) => GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc />
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(messages);
        var told = messages.ToList();
        var reply = OfflineAnswers.Next(new OfflineTranscript(told));
        var output = 0;
        foreach (var token in OfflineTokens.Split(reply.Text))
        {
            await PauseAsync(cancellationToken);
            output++;
            yield return Update(new TextContent(token));
        }

        foreach (var call in reply.Calls)
        {
            await PauseAsync(cancellationToken);
            output += Count(call);
            yield return Update(call);
        }

        var input = told.Sum(message => message.Contents.Sum(Count));
        var last = Update(
            new UsageContent(
                new()
                {
                    InputTokenCount = input,
                    OutputTokenCount = output,
                    TotalTokenCount = input + output,
                }
            )
        );
        last.FinishReason = reply.Calls.Count > 0 ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop;
        yield return last;
    }

    /// <inheritdoc />
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? Metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <inheritdoc />
    public void Dispose() { }

    private Task PauseAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return tokenDelay == TimeSpan.Zero ? Task.CompletedTask : Task.Delay(tokenDelay, time, cancellationToken);
    }

    private static ChatResponseUpdate Update(AIContent content) =>
        new(ChatRole.Assistant, [content]) { ModelId = Metadata.DefaultModelId };

    private static int Count(AIContent content) =>
        content switch
        {
            TextContent text => OfflineTokens.Count(text.Text),
            FunctionCallContent call => OfflineTokens.Count(call.Name)
                + OfflineTokens.Count(JsonSerializer.Serialize(call.Arguments, JsonSerializerOptions.Web)),
            FunctionResultContent result => OfflineTokens.Count(OfflineTranscript.TextOf(result.Result)),
            _ => 0,
        };
}
