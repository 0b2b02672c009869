using System.Net.Http.Json;
using Everturn.Testing.Crashes;

namespace Everturn.Crash.Tests;

/// <summary>One instance of a workflow that sleeps or waits, had to its end while the process is killed.</summary>
internal sealed class WorkflowCase(CrashHarness harness, string workflow, string id)
{
    private readonly EffectsFile _effects = Hosts.Effects(harness);

    private string Path => $"crash/workflows/{workflow}/{id}";

    public async Task<(int Deaths, IReadOnlyDictionary<string, int> Arrivals)> RunAsync(
        CrashSettings? crash,
        CancellationToken cancellationToken
    )
    {
        var restarts = harness.Restarts;
        await harness.ArmAsync(crash, cancellationToken);
        await harness.PostAsync(Path, cancellationToken);
        if (workflow == "waiting")
        {
            await UntilAsync("waiting", cancellationToken);
            // Sent once more after a crash: at least once is what a sender can do, and the instance takes one.
            await harness.PostAsync($"{Path}/events/signed", cancellationToken);
        }

        var output = await UntilAsync("complete", cancellationToken);
        var arrivals = await harness.SettleAsync(cancellationToken);
        await harness.ArmAsync(null, cancellationToken);
        var deaths = harness.Restarts - restarts;

        output.ShouldBe(workflow == "waiting" ? "yes" : "slept");
        var ran = _effects.Count("end");
        foreach (var step in (string[])["before", "after"])
        {
            ran.GetValueOrDefault($"{id}/{step}").ShouldBeInRange(1, 1 + deaths);
        }

        return (deaths, arrivals);
    }

    private async Task<string?> UntilAsync(string status, CancellationToken cancellationToken) =>
        await harness.SurviveAsync(
            async (process, ct) =>
            {
                while (true)
                {
                    var view = await process.Client.GetFromJsonAsync<InstanceView>(Path, ct);
                    if (view!.Status == status || view.Status == "complete")
                    {
                        return view.Output;
                    }

                    view.Status.ShouldBeOneOf("queued", "running", "waiting");
                    await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, ct);
                }
            },
            cancellationToken
        );

    private sealed record InstanceView(string Status, string? Output);
}
