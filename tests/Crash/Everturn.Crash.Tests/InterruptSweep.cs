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
        var reader = new SessionReader(id);
        var restarts = harness.Restarts;
        await harness.ArmAsync(crash, cancellationToken);
        await StartAsync(harness, id, "one", cancellationToken);
        await harness.SurviveAsync(
            (process, ct) => reader.ReadUntilAsync(process.Client, chunk => chunk.Json.Contains(" ever"), ct),
            cancellationToken
        );
        using var interrupted = await harness.SurviveAsync(
            (process, ct) => process.Client.PostAsJsonAsync($"sessions/{id}/interrupt", new { reason = "enough" }, ct),
            cancellationToken
        );
        interrupted.IsSuccessStatusCode.ShouldBeTrue();
        await harness.SurviveAsync((process, ct) => reader.ReadToEndAsync(process.Client, ct), cancellationToken);
        await StartAsync(harness, id, "two", cancellationToken);
        await harness.SurviveAsync((process, ct) => reader.ReadToEndAsync(process.Client, ct), cancellationToken);
        var arrivals = await harness.SettleAsync(cancellationToken);
        await harness.ArmAsync(null, cancellationToken);

        var session = await harness.SurviveAsync(
            (process, ct) => process.Client.ReadEvidenceAsync(id, ct),
            cancellationToken
        );
        session.Runs.Select(run => run.Status).ShouldBe(["interrupted", "completed"]);
        new InvariantChecker().Session(session).Reader(session, reader).Verify();
        return (harness.Restarts - restarts, arrivals);
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
