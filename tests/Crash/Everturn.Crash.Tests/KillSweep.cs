using System.Globalization;
using Everturn.Testing.Crashes;

namespace Everturn.Crash.Tests;

/// <summary>
/// Does something once for every arrival at every crash point that it reaches, and is killed there each time. One
/// process serves until it is killed; the next one recovers, and is then armed for the next point.
/// </summary>
public abstract class KillSweep(ITestOutputHelper output)
{
    private const int MaxAttempts = 3;

    private protected virtual int MaxArrivals => 4;

    /// <summary>Whether the process is killed at a point that was reached.</summary>
    private protected virtual bool IsSwept(string point) => !HarnessExtensions.IsOfTheHost(point);

    private protected async Task SweepAsync(bool coLocate)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var harness = new CrashHarness(Program(coLocate));
        // Without co-location there is one commit more in a run's start, and nothing else differs: fewer arrivals do.
        var points = await DryRunAsync(harness, coLocate ? MaxArrivals : 2, cancellationToken);
        var failures = new List<string>();
        var missed = new List<CrashSettings>();
        for (var i = 0; i < points.Count; i++)
        {
            try
            {
                if (!await KillAsync(harness, $"case-{i}", points[i], cancellationToken))
                {
                    missed.Add(points[i]);
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                failures.Add($"{points[i]} (case-{i}): {exception.Message}");
            }
        }

        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{points.Count} cases, {points.Count - missed.Count} kills, missed: {string.Join(", ", missed)}"
            )
        );
        failures.ShouldBeEmpty();
        // A later arrival may be one that only the dry run's timing made; first arrivals happen.
        missed.ShouldNotContain(settings => settings.Arrival == 1);
        await harness.SettleAsync(cancellationToken);
        await harness.KillAsync(cancellationToken);
        (await StoreView.ReadAsync(harness.DataDirectory, store => store.ReadLeftoversAsync())).ShouldBeEmpty();
        OrphanRows.Find(harness.DataDirectory).ShouldBeEmpty();
    }

    /// <summary>The program that is killed.</summary>
    private protected virtual CrashProgram Program(bool coLocate) => Hosts.Program(coLocate, modelPauseMs: 1);

    /// <summary>Does it once, to be killed at a point, and checks what must hold.</summary>
    /// <returns>How often the process died, and what its last life reached since it was armed or started.</returns>
    internal abstract Task<(int Deaths, IReadOnlyDictionary<string, int> Arrivals)> RunAsync(
        CrashHarness harness,
        string id,
        CrashSettings? crash,
        CancellationToken cancellationToken
    );

    // How chunks are grouped, or whether an instance still was in memory, depends on timing: a miss is tried again.
    private async Task<bool> KillAsync(
        CrashHarness harness,
        string id,
        CrashSettings point,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            if ((await RunAsync(harness, $"{id}-{attempt}", point, cancellationToken)).Deaths > 0)
            {
                return true;
            }
        }

        return false;
    }

    private async Task<List<CrashSettings>> DryRunAsync(
        CrashHarness harness,
        int maxArrivals,
        CancellationToken cancellationToken
    )
    {
        // The first one compiles the code; the second is like those to come.
        await RunAsync(harness, "warm-up", null, cancellationToken);
        var (_, arrivals) = await RunAsync(harness, "dry-run", null, cancellationToken);
        return
        [
            .. arrivals
                .Where(point => IsSwept(point.Key))
                .OrderBy(point => point.Key, StringComparer.Ordinal)
                .SelectMany(point =>
                    Enumerable.Range(1, Math.Min(point.Value, maxArrivals)).Select(arrival => $"{point.Key}:{arrival}")
                )
                .Select(text => CrashSettings.Parse(text)),
        ];
    }
}
