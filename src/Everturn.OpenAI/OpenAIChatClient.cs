using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using Everturn.Agents;
using Microsoft.Extensions.AI;
using Sdk = OpenAI;

namespace Everturn.OpenAI;

/// <summary>
/// The OpenAI chat completions API, of OpenAI or of any compatible server, over the official SDK. Repeats nothing itself:
/// failures surface as <see cref="ModelRequestException"/>, and the agent's loop decides what is repeated.
/// </summary>
public sealed class OpenAIChatClient : IChatClient
{
    private readonly Sdk.OpenAIClient _client;
    private readonly string _model;
    private readonly int? _maxOutputTokens;
    private readonly ChatClientMetadata _metadata;

    /// <summary>Makes a client; no request is sent yet.</summary>
    /// <param name="options">The model and how to reach it; copied.</param>
    /// <exception cref="InvalidInputException">An option is missing or out of range; its field is named.</exception>
    public OpenAIChatClient(OpenAIChatOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var connection = new Sdk.OpenAIClientOptions
        {
            Endpoint = options.BaseUrl,
            NetworkTimeout = options.Timeout,
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        };
        if (options.HttpClient is { } http)
        {
            connection.Transport = new HttpClientPipelineTransport(http);
        }

        _client = new Sdk.OpenAIClient(new ApiKeyCredential(options.ApiKey), connection);
        _model = options.Model;
        _maxOutputTokens = options.MaxOutputTokens;
        _metadata = new("openai", options.BaseUrl, options.Model);
    }

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(messages);
        try
        {
            var result = await Client(options)
                .CompleteChatAsync(
                    RequestMessages.From(messages, options?.Instructions),
                    RequestOptions.From(options, _maxOutputTokens, this),
                    cancellationToken
                )
                .ConfigureAwait(false);
            return Replies.ToResponse(result.Value);
        }
        catch (Exception exception)
        {
            OpenAIFailures.ThrowTranslated(exception, cancellationToken);
            throw;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(messages);
        var reply = new StreamedReply();
        var updates = Client(options)
            .CompleteChatStreamingAsync(
                RequestMessages.From(messages, options?.Instructions),
                RequestOptions.From(options, _maxOutputTokens, this),
                cancellationToken
            )
            .GetAsyncEnumerator(cancellationToken);
        await using (updates.ConfigureAwait(false))
        {
            while (await MoveNextAsync(updates, cancellationToken).ConfigureAwait(false))
            {
                yield return reply.Take(updates.Current);
            }
        }

        yield return reply.Complete();
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType.IsInstanceOfType(_client) ? _client
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Nothing to release: the SDK's connections are shared by the process, an own HTTP client stays the caller's.</summary>
    public void Dispose() { }

    private Sdk.Chat.ChatClient Client(ChatOptions? options) => _client.GetChatClient(options?.ModelId ?? _model);

    private static async ValueTask<bool> MoveNextAsync(
        IAsyncEnumerator<Sdk.Chat.StreamingChatCompletionUpdate> updates,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await updates.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            OpenAIFailures.ThrowTranslated(exception, cancellationToken);
            throw;
        }
    }
}
