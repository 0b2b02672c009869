using System.Net;
using System.Net.Http.Json;
using Everturn.Testing.Crashes;

namespace Everturn.Crash.Tests;

/// <summary>A run that is interrupted in the middle of its answer, and the turn after it.</summary>
public sealed class InterruptSweep(ITestOutputHelper output) : CrashSweep(output)
{
    internal override async Task<(int Deaths, IReadOnlyDictionary<string, int> Arrivals)> RunAsync(
        CrashHarness harness,
        string id,
        CrashSettings? crash,
        CancellationToken cancellationToken
    )
    {
        var swept = new SweptSession(harness, id);
        await swept.ArmAsync(crash, cancellationToken);
        await StartAsync(harness, id, "one", cancellationToken);
        await swept.ReadUntilAsync(" ever", cancellationToken);
        using var interrupted = await harness.SurviveAsync(
            (process, ct) => process.Client.PostAsJsonAsync($"sessions/{id}/interrupt", new { reason = "enough" }, ct),
            cancellationToken
        );
        interrupted.IsSuccessStatusCode.ShouldBeTrue();
        await swept.ReadToEndAsync(cancellationToken);
        await StartAsync(harness, id, "two", cancellationToken);
        var session = await swept.EndAsync(cancellationToken);
        session.Runs.Select(run => run.Status).ShouldBe(["interrupted", "completed"]);
        swept.Verify(session, 0);
        return swept.Outcome;
    }

    private static async Task StartAsync(
        CrashHarness harness,
        string id,
        string message,
        CancellationToken cancellationToken
    )
    {
        using var response = await harness.SurviveAsync(
            (process, ct) => process.Client.StartSessionAsync("endless", id, message, $"{id}/{message}", ct),
            cancellationToken
        );
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
