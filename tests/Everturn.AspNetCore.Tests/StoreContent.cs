using System.Text.Json;
using Everturn.Sessions;

namespace Everturn.AspNetCore.Tests;

/// <summary>All that a store holds of a tenant, as text: to see that a refused request changed nothing.</summary>
internal static class StoreContent
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<string> ReadAsync(ISessionStore store)
    {
        var text = new List<string>();
        var sessions = await store.ListSessionsAsync(new() { Page = new(Limit: 1_000) }, Token);
        foreach (var session in sessions.Items)
        {
            var runs = await store.ListRunsAsync(session.Key, new(), Token);
            var messages = await store.GetMessagesAsync(session.Key, 0, 1_000, Token);
            text.Add(JsonSerializer.Serialize(session));
            text.AddRange(runs.Items.Select(run => run.ToString()));
            text.Add(JsonSerializer.Serialize(messages));
        }
        text.Add(JsonSerializer.Serialize(await store.ListOpenCommandsAsync(Token)));
        return string.Join('\n', text);
    }
}
