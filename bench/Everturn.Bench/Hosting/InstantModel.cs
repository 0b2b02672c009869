using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Everturn.Bench.Hosting;

/// <summary>
/// A model without latency. The user's message says in how many deltas it answers, so that one agent serves every
/// benchmark. A second number is the size of a burst, after which the model rests for a millisecond.
/// </summary>
internal sealed class InstantModel : IChatClient
{
    public const string Key = "instant";
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(1);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var asked = messages.Last().Text.Split(' ');
        var deltas = int.Parse(asked[0]);
        var burst = asked.Length > 1 ? int.Parse(asked[1]) : int.MaxValue;
        for (var i = 0; i < deltas; i++)
        {
            if (i > 0 && i % burst == 0)
            {
                await Task.Delay(Rest, TimeProvider.System, cancellationToken);
            }

            yield return new(ChatRole.Assistant, " token");
        }
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    ) => GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() { }
}
