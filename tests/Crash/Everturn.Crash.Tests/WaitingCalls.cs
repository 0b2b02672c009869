using System.Net.Http.Json;
using System.Text.Json;
using Everturn.Testing.Crashes;

namespace Everturn.Crash.Tests;

/// <summary>What somebody outside does with the calls of a session, over HTTP and whatever dies meanwhile.</summary>
internal static class WaitingCalls
{
    public static async Task StartAsync(
        this CrashHarness harness,
        string agent,
        string id,
        CancellationToken cancellationToken
    )
    {
        using var response = await harness.SurviveAsync(
            (process, ct) => process.Client.StartSessionAsync(agent, id, "one", $"{id}/start", ct),
            cancellationToken
        );
        response.IsSuccessStatusCode.ShouldBeTrue();
    }

    /// <summary>Waits until the session has a status, as HTTP names it.</summary>
    public static Task WaitForAsync(
        this CrashHarness harness,
        string id,
        string status,
        CancellationToken cancellationToken
    ) => harness.WaitForAnyAsync(id, [status], cancellationToken);

    /// <summary>Waits until the session has one of some statuses.</summary>
    /// <returns>Which.</returns>
    public static async Task<string> WaitForAnyAsync(
        this CrashHarness harness,
        string id,
        IReadOnlyList<string> statuses,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var session = await harness.GetAsync($"sessions/{id}/status", cancellationToken);
            if (session.GetProperty("status").GetString() is { } status && statuses.Contains(status))
            {
                return status;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>The calls of a session that nobody has answered.</summary>
    public static async Task<IReadOnlyList<JsonElement>> WaitingAsync(
        this CrashHarness harness,
        string id,
        CancellationToken cancellationToken
    )
    {
        var page = await harness.GetAsync("approvals?limit=1000", cancellationToken);
        return
        [
            .. page.GetProperty("approvals")
                .EnumerateArray()
                .Where(call => call.GetProperty("sessionId").GetString() == id),
        ];
    }

    public static async Task AnswerAsync(
        this CrashHarness harness,
        JsonElement call,
        object answer,
        CancellationToken cancellationToken
    )
    {
        var path = new Uri($"approvals/{call.GetProperty("approvalId").GetString()}", UriKind.Relative);
        using var response = await harness.SurviveAsync(
            (process, ct) => process.Client.PostAsJsonAsync(path, answer, ct),
            cancellationToken
        );
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync(CancellationToken.None));
    }

    private static Task<JsonElement> GetAsync(
        this CrashHarness harness,
        string path,
        CancellationToken cancellationToken
    ) =>
        harness.SurviveAsync(
            (process, ct) => process.Client.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative), ct),
            cancellationToken
        );
}
