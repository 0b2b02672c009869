using System.Net.Http.Json;
using Everturn.Testing.Crashes;

namespace Everturn.Crash.Tests;

/// <summary>The routes of the host that is killed, besides the product's own.</summary>
internal static class HarnessExtensions
{
    public static async Task PostAsync(this CrashHarness harness, string path, CancellationToken cancellationToken)
    {
        using var response = await harness.SurviveAsync(
            (process, ct) => process.Client.PostAsync(new Uri(path, UriKind.Relative), null, ct),
            cancellationToken
        );
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync(CancellationToken.None));
    }

    public static Task ArmAsync(this CrashHarness harness, CrashSettings? crash, CancellationToken cancellationToken) =>
        harness.PostAsync(crash is null ? "crash/arm" : $"crash/arm?at={crash}&mode={crash.Mode}", cancellationToken);

    /// <summary>
    /// Waits until nothing is written any more: some writes come after a run's end. Gives the arrivals at each point
    /// since the process was armed or started.
    /// </summary>
    public static async Task<IReadOnlyDictionary<string, int>> SettleAsync(
        this CrashHarness harness,
        CancellationToken cancellationToken
    )
    {
        var last = -1;
        while (true)
        {
            var arrivals = await harness.SurviveAsync(
                (process, ct) => process.Client.GetFromJsonAsync<Dictionary<string, int>>("crash/arrivals", ct),
                cancellationToken
            );
            var count = arrivals!.Where(point => !IsOfTheHost(point.Key)).Sum(point => point.Value);
            if (count == last)
            {
                return arrivals!;
            }

            last = count;
            await Task.Delay(TimeSpan.FromMilliseconds(30), TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Whether a point is reached now and then by every host, whatever it executes.</summary>
    public static bool IsOfTheHost(string point) =>
        point.StartsWith("node.", StringComparison.Ordinal) || point.StartsWith("sweep.", StringComparison.Ordinal);
}
