using System.Net.Http.Json;
using Everturn.Testing.Crashes;

namespace Everturn.Crash.Tests;

/// <summary>One instance of a workflow, had to its end while the process is killed.</summary>
internal sealed class JourneyCase(CrashHarness harness, Journey journey, string id)
{
    private string Path => $"crash/workflows/{journey.Workflow}/{id}";

    public async Task<(int Deaths, IReadOnlyDictionary<string, int> Arrivals)> RunAsync(
        CrashSettings? crash,
        CancellationToken cancellationToken
    )
    {
        var restarts = harness.Restarts;
        var records = new JourneyRecords(harness, new(journey.Workflow, id));
        await harness.ArmAsync(crash, cancellationToken);
        await harness.PostAsync(Path, cancellationToken);
        foreach (var item in journey.Events)
        {
            if (item != journey.Events[1])
            {
                await UntilAsync(view => view.Status == "waiting", cancellationToken);
            }

            await harness.PostAsync($"{Path}/events/item?payload={item}", cancellationToken);
        }

        var ended = await UntilAsync(_ => false, cancellationToken);
        var arrivals = await harness.SettleAsync(cancellationToken);
        await harness.ArmAsync(null, cancellationToken);
        var deaths = harness.Restarts - restarts;

        ended.Status.ShouldBe(journey.Status);
        (ended.Output ?? ended.Error).ShouldBe(journey.Result);
        ended.RolledBack.ShouldBe(journey.IsRolledBack ? true : null);
        // An attempt that had begun when the process died may count or not; its effect happens again either way.
        var ran = records.Ran.ToLookup(effect => effect.Key[..effect.Key.LastIndexOf('-')], effect => effect.Value);
        ran.Select(step => step.Key).Order().ShouldBe(journey.Effects.Distinct().Order());
        foreach (var step in ran)
        {
            var due = journey.Effects.Count(effect => effect == step.Key);
            step.Sum().ShouldBeInRange(due, due + deaths, step.Key);
        }

        records.Repeated().ShouldBeEmpty();
        return (deaths, arrivals);
    }

    /// <summary>Waits until a condition holds or the instance has ended.</summary>
    private Task<InstanceView> UntilAsync(Func<InstanceView, bool> condition, CancellationToken cancellationToken) =>
        harness.SurviveAsync(
            async (process, ct) =>
            {
                while (true)
                {
                    var view = await process.Client.GetFromJsonAsync<InstanceView>(Path, ct);
                    if (view!.Status is "complete" or "errored" || condition(view))
                    {
                        return view;
                    }

                    view.Status.ShouldBeOneOf("queued", "running", "waiting");
                    await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, ct);
                }
            },
            cancellationToken
        );

    private sealed record InstanceView(string Status, string? Output, string? Error, bool? RolledBack);
}
