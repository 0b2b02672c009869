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
        var swept = new SweptSession(harness, id);
        await StartAsync(harness, scenario.Agent, id, scenario.Message, cancellationToken);
        if (scenario.StopsMidAnswer)
        {
            await swept.ReadUntilAsync(" ever", cancellationToken);
        }

        if (scenario.Interrupts)
        {
            await harness.PostAsync($"sessions/{id}/interrupt", cancellationToken);
        }

        if (scenario.Ends)
        {
            await swept.ReadToEndAsync(cancellationToken);
        }

        await harness.SettleAsync(cancellationToken);
        await swept.ArmAsync(crash, cancellationToken);
        await harness.PostAsync($"crash/sessions/{id}/{verb}?requestId={id}-verb", cancellationToken);
        var session = await swept.EndAsync(cancellationToken);
        session.Runs.Select(run => run.Status).ShouldBe(scenario.Statuses);
        swept.Verify(session, scenario.Calls);
        return swept.Outcome;
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
