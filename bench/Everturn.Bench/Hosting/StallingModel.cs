using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Everturn.Bench.Hosting;

/// <summary>
/// A model that calls a tool and then answers. While it stalls, it stops in the middle of the answer: as slow a model as
/// can be, so that every run is in flight when the process is killed.
/// </summary>
/// <param name="stalls">Whether it stops.</param>
internal sealed class StallingModel(bool stalls) : IChatClient
{
    public const string Key = "stalling";
    public const string CallId = "call-1";
    private const int Deltas = 20;
    private const int BeforeStall = 5;

    private int _stalled;

    /// <summary>Calls that have stopped so far.</summary>
    public int Stalled => Volatile.Read(ref _stalled);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        if (messages.Last().Role == ChatRole.User)
        {
            yield return new(ChatRole.Assistant, [new FunctionCallContent(CallId, "note")]);
            yield break;
        }

        for (var i = 0; i < Deltas; i++)
        {
            if (stalls && i == BeforeStall)
            {
                Interlocked.Increment(ref _stalled);
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
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
