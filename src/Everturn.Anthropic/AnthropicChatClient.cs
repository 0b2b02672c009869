using System.Runtime.CompilerServices;
using Anthropic;
using Anthropic.Core;
using Everturn.Agents;
using Microsoft.Extensions.AI;

namespace Everturn.Anthropic;

/// <summary>
/// Anthropic's Messages API over the official SDK. Repeats nothing itself: failures surface as
/// <see cref="ModelRequestException"/>, and the agent's loop decides what is repeated.
/// </summary>
public sealed class AnthropicChatClient : DelegatingChatClient
{
    private readonly AnthropicClient _client;

    /// <summary>Makes a client; no request is sent yet.</summary>
    /// <param name="options">The model and how to reach it; copied.</param>
    /// <exception cref="InvalidInputException">An option is missing or out of range; its field is named.</exception>
    public AnthropicChatClient(AnthropicChatOptions options)
        : this(Connect(options), options) { }

    private AnthropicChatClient(AnthropicClient client, AnthropicChatOptions options)
        : base(client.AsIChatClient(options.Model, options.MaxOutputTokens, options.ThinkingMode)) => _client = client;

    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            var response = await base.GetResponseAsync(ReasoningBlocks.ToRequest(messages), options, cancellationToken)
                .ConfigureAwait(false);
            foreach (var message in response.Messages)
            {
                ReasoningBlocks.Mark(message.Contents);
            }

            return response;
        }
        catch (Exception exception)
        {
            AnthropicFailures.ThrowTranslated(exception, cancellationToken);
            throw;
        }
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var finished = false;
        var updates = base.GetStreamingResponseAsync(ReasoningBlocks.ToRequest(messages), options, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        await using (updates.ConfigureAwait(false))
        {
            while (await MoveNextAsync(updates, cancellationToken).ConfigureAwait(false))
            {
                var update = updates.Current;
                finished |= update.FinishReason is not null;
                ReasoningBlocks.Mark(update.Contents);
                yield return update;
            }
        }

        if (!finished)
        {
            // A proxy may end a broken stream as if it were whole; only the stop reason says that it is.
            throw new ModelRequestException("Anthropic's stream ended before the reply did.");
        }
    }

    private static async ValueTask<bool> MoveNextAsync(
        IAsyncEnumerator<ChatResponseUpdate> updates,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await updates.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            AnthropicFailures.ThrowTranslated(exception, cancellationToken);
            throw;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _client.Dispose();
        }

        base.Dispose(disposing);
    }

    private static AnthropicClient Connect(AnthropicChatOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var connection = new ClientOptions
        {
            ApiKey = options.ApiKey,
            BaseUrl = options.BaseUrl.AbsoluteUri.TrimEnd('/'),
            MaxRetries = 0,
            Timeout = options.Timeout,
            Handlers = [new RefusalHandler()],
        };
        if (options.HttpClient is { } http)
        {
            connection.HttpClient = http;
        }

        return new AnthropicClient(connection);
    }
}
