using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Everturn.Agents;
using Everturn.Sessions;

namespace Everturn.Testing.Crashes;

/// <summary>The session routes, as far as crash tests need them.</summary>
public static class SessionHttpExtensions
{
    private const int PageSize = 200;

    /// <summary>Starts a run. Repeated with the same request id after a crash, it gives the same run.</summary>
    /// <param name="client">A client of the program.</param>
    /// <param name="agentType">The agent.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="message">The user's message.</param>
    /// <param name="requestId">The request's id; null for none.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The response, whatever its status.</returns>
    public static Task<HttpResponseMessage> StartSessionAsync(
        this HttpClient client,
        string agentType,
        string sessionId,
        string message,
        string? requestId = null,
        CancellationToken cancellationToken = default
    ) => client.StartSessionAsync(agentType, sessionId, message, requestId, policy: null, cancellationToken);

    /// <summary>The same for a session that may be busy.</summary>
    /// <param name="client">A client of the program.</param>
    /// <param name="agentType">The agent.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="message">The user's message.</param>
    /// <param name="requestId">The request's id; null for none.</param>
    /// <param name="policy">What becomes of the message if the session's run has not ended; null for the default.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The response, whatever its status.</returns>
    public static Task<HttpResponseMessage> StartSessionAsync(
        this HttpClient client,
        string agentType,
        string sessionId,
        string message,
        string? requestId,
        DoubleTexting? policy,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(client);
        var body = new JsonObject
        {
            ["agentType"] = agentType,
            ["sessionId"] = sessionId,
            ["input"] = new JsonObject { ["message"] = message },
        };
        if (requestId is not null)
        {
            body["requestId"] = requestId;
        }

        if (policy is { } given)
        {
            body["doubleTexting"] = given.Value;
        }

        return client.PostAsync(
            new Uri($"sessions/{sessionId}/start", UriKind.Relative),
            new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
            cancellationToken
        );
    }

    /// <summary>All that a session left, as its routes tell it.</summary>
    /// <param name="client">A client of the program.</param>
    /// <param name="sessionId">The session, whose last run has ended.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<SessionEvidence> ReadEvidenceAsync(
        this HttpClient client,
        string sessionId,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(client);
        var log = new SessionReader(sessionId);
        await log.ReadToEndAsync(client, cancellationToken).ConfigureAwait(false);
        return new(
            sessionId,
            await ReadRunsAsync(client, sessionId, cancellationToken).ConfigureAwait(false),
            await ReadMessagesAsync(client, sessionId, cancellationToken).ConfigureAwait(false),
            log.Received
        );
    }

    private static async Task<List<RunEvidence>> ReadRunsAsync(
        HttpClient client,
        string sessionId,
        CancellationToken cancellationToken
    )
    {
        var runs = new List<RunEvidence>();
        var cursor = "";
        while (true)
        {
            var page = await GetAsync(client, $"sessions/{sessionId}/runs?limit={PageSize}{cursor}", cancellationToken)
                .ConfigureAwait(false);
            runs.AddRange(Items(page, "runs", CrashJsonContext.Default.RunEvidence));
            if (!page.GetProperty("hasMore").GetBoolean())
            {
                return runs;
            }

            cursor = $"&cursor={Uri.EscapeDataString(page.GetProperty("nextCursor").GetString()!)}";
        }
    }

    private static async Task<List<AgentMessage>> ReadMessagesAsync(
        HttpClient client,
        string sessionId,
        CancellationToken cancellationToken
    )
    {
        var messages = new List<AgentMessage>();
        while (true)
        {
            var path = $"sessions/{sessionId}/messages?limit={PageSize}&offset={messages.Count}";
            var page = await GetAsync(client, path, cancellationToken).ConfigureAwait(false);
            messages.AddRange(Items(page, "messages", CrashJsonContext.Default.AgentMessage));
            if (!page.GetProperty("hasMore").GetBoolean())
            {
                return messages;
            }
        }
    }

    private static Task<JsonElement> GetAsync(HttpClient client, string path, CancellationToken cancellationToken) =>
        client.GetFromJsonAsync(
            new Uri(path, UriKind.Relative),
            CrashJsonContext.Default.JsonElement,
            cancellationToken
        );

    private static IEnumerable<T> Items<T>(JsonElement page, string property, JsonTypeInfo<T> type) =>
        page.GetProperty(property).EnumerateArray().Select(item => item.Deserialize(type)!);
}
