using Everturn.Streaming;

namespace Everturn.StatefulAgents.Tests.Sessions;

internal static class SessionStoreExtensions
{
    /// <summary>The last number of the conversation's stream.</summary>
    public static async Task<long> GetStreamAsync(this IStreamStore store) =>
        (await store.GetInfoAsync(Conversation.Key))!.LastSequence;
}
