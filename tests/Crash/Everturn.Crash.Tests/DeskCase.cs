using System.Net.Http.Json;
using Everturn.Testing.Crashes;

namespace Everturn.Crash.Tests;

/// <summary>One object that schedules, queues and writes while the process is killed.</summary>
internal sealed class DeskCase(CrashHarness harness, string id)
{
    private readonly EffectsFile _effects = Hosts.Effects(harness);

    public async Task<(int Deaths, IReadOnlyDictionary<string, int> Arrivals)> RunAsync(
        CrashSettings? crash,
        CancellationToken cancellationToken
    )
    {
        var restarts = harness.Restarts;
        await harness.ArmAsync(crash, cancellationToken);
        await PostAsync("schedule", cancellationToken);
        await PostAsync("queue?count=3", cancellationToken);
        await PostAsync("write?value=7", cancellationToken);
        var desk = await UntilAsync(view => view is { Fired: > 0, Steps.Length: >= 3, Pending: 0 }, cancellationToken);
        var arrivals = await harness.SettleAsync(cancellationToken);
        await harness.ArmAsync(null, cancellationToken);
        var deaths = harness.Restarts - restarts;

        // What a callback writes last is one commit with the end of its schedule or item: it counts once.
        desk.ShouldBe(new DeskView(1, "012", 7, 0));
        var ran = _effects.Count("end");
        foreach (var effect in (string[])["fire", "0", "1", "2"])
        {
            ran.GetValueOrDefault($"{id}/{effect}").ShouldBeInRange(1, 1 + deaths);
        }

        return (deaths, arrivals);
    }

    public Task PostAsync(string action, CancellationToken cancellationToken) =>
        harness.PostAsync($"crash/desks/{id}/{action}", cancellationToken);

    public Task<DeskView> UntilAsync(Func<DeskView, bool> condition, CancellationToken cancellationToken) =>
        harness.SurviveAsync(
            async (process, ct) =>
            {
                while (true)
                {
                    var view = await process.Client.GetFromJsonAsync<DeskView>($"crash/desks/{id}", ct);
                    if (condition(view!))
                    {
                        return view!;
                    }

                    await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, ct);
                }
            },
            cancellationToken
        );

    internal sealed record DeskView(int Fired, string Steps, int Value, int Pending);
}
