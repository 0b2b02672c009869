using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Everturn.Testing.Crashes;

/// <summary>Reports every piece that left the model and was taken by whoever reads the answer.</summary>
internal sealed class CrashingChatClient(IChatClient inner, CrashObserver crash) : DelegatingChatClient(inner)
{
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var updates = base.GetStreamingResponseAsync(messages, options, cancellationToken);
        await foreach (var update in updates.ConfigureAwait(false))
        {
            yield return update;
            crash.Arrive(null);
        }
    }
}
