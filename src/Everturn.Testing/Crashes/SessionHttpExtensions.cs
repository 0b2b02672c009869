using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Everturn.Testing.Crashes;

/// <summary>The session routes, as far as crash tests need them.</summary>
public static class SessionHttpExtensions
{
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
        var json = CrashJsonContext.Default;
        return new(
            sessionId,
            await ReadAsync(client, $"sessions/{sessionId}/runs", "runs", json.RunEvidence, cancellationToken)
                .ConfigureAwait(false),
            await ReadAsync(client, $"sessions/{sessionId}/messages", "messages", json.AgentMessage, cancellationToken)
                .ConfigureAwait(false),
            log.Received
        );
    }

    private static async Task<List<T>> ReadAsync<T>(
        HttpClient client,
        string path,
        string property,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken
    )
    {
        var page = await client
            .GetFromJsonAsync(new Uri(path, UriKind.Relative), CrashJsonContext.Default.JsonElement, cancellationToken)
            .ConfigureAwait(false);
        return [.. page.GetProperty(property).EnumerateArray().Select(item => item.Deserialize(type)!)];
    }
}
