namespace Everturn.Docs.Snippets;

/// <summary>Room for transcripts, as the guide to operations has it.</summary>
internal static class WarmTranscripts
{
    public static void Add(EverturnBuilder everturn) =>
        everturn.ConfigureAgents(o => o.ConversationCacheBytes = 512 * 1024 * 1024);
}
