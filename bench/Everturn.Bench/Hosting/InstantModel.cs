using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Everturn.Bench.Hosting;

/// <summary>
/// A model without latency. The user's message says in how many deltas it answers, so that one agent serves every
/// benchmark.
/// </summary>
internal sealed class InstantModel : IChatClient
{
    public const string Key = "instant";

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var deltas = int.Parse(messages.Last().Text);
        for (var i = 0; i < deltas; i++)
        {
            yield return new(ChatRole.Assistant, " token");
        }

        await Task.CompletedTask;
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    ) => GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() { }
}
