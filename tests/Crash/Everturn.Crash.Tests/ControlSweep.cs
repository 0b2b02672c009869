using Everturn.Testing.Crashes;

namespace Everturn.Crash.Tests;

/// <summary>A sweep over one verb and the run that it begins or ends; what came before it is left alone.</summary>
public abstract class ControlSweep(string verb, ITestOutputHelper output) : CrashSweep(output)
{
    internal override async Task<(int Deaths, IReadOnlyDictionary<string, int> Arrivals)> RunAsync(
        CrashHarness harness,
        string id,
        CrashSettings? crash,
        CancellationToken cancellationToken
    )
    {
        var scenario = ControlScenario.Of(verb);
        var reader = new SessionReader(id);
        await StartAsync(harness, scenario.Agent, id, scenario.Message, cancellationToken);
        if (scenario.StopsMidAnswer)
        {
            await harness.SurviveAsync(
                (process, ct) => reader.ReadUntilAsync(process.Client, chunk => chunk.Json.Contains(" ever"), ct),
                cancellationToken
            );
        }

        if (scenario.Interrupts)
        {
            await harness.PostAsync($"sessions/{id}/interrupt", cancellationToken);
        }

        if (scenario.Ends)
        {
            await harness.SurviveAsync((process, ct) => reader.ReadToEndAsync(process.Client, ct), cancellationToken);
        }

        await harness.SettleAsync(cancellationToken);
        var finished = new FinishedCalls(harness, id);
        var restarts = harness.Restarts;
        await harness.ArmAsync(crash, cancellationToken);
        await harness.PostAsync($"crash/sessions/{id}/{verb}?requestId={id}-verb", cancellationToken);
        await harness.SurviveAsync((process, ct) => reader.ReadToEndAsync(process.Client, ct), cancellationToken);
        var arrivals = await harness.SettleAsync(cancellationToken);
        await harness.ArmAsync(null, cancellationToken);

        var session = await harness.SurviveAsync(
            (process, ct) => process.Client.ReadEvidenceAsync(id, ct),
            cancellationToken
        );
        session.Runs.Select(run => run.Status).ShouldBe(scenario.Statuses);
        new InvariantChecker()
            .Session(session)
            .Reader(session, reader)
            .Effects(finished.Of(id), finished.Now(id), scenario.Calls)
            .Verify();
        return (harness.Restarts - restarts, arrivals);
    }

    private static async Task StartAsync(
        CrashHarness harness,
        string agent,
        string id,
        string message,
        CancellationToken cancellationToken
    )
    {
        using var response = await harness.SurviveAsync(
            (process, ct) => process.Client.StartSessionAsync(agent, id, message, $"{id}/start", ct),
            cancellationToken
        );
        response.IsSuccessStatusCode.ShouldBeTrue();
    }
}
