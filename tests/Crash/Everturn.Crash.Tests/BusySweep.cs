using System.Net;
using Everturn.Agents;
using Everturn.Testing.Crashes;

namespace Everturn.Crash.Tests;

/// <summary>A second message in the middle of an answer, and all that comes of it.</summary>
/// <param name="policy">What the message says that is to become of the run.</param>
/// <param name="isReleased">Whether the first run is let go on then.</param>
/// <param name="expected">The statuses of the runs, in the end.</param>
/// <param name="output">Where the counts go.</param>
public abstract class BusySweep(
    DoubleTexting policy,
    bool isReleased,
    IReadOnlyList<string> expected,
    ITestOutputHelper output
) : CrashSweep(output)
{
    internal override async Task<(int Deaths, IReadOnlyDictionary<string, int> Arrivals)> RunAsync(
        CrashHarness harness,
        string id,
        CrashSettings? crash,
        CancellationToken cancellationToken
    )
    {
        var swept = new SweptSession(harness, id);
        await StartAsync(harness, id, id, policy: null, cancellationToken);
        await swept.ReadUntilAsync("Wait", cancellationToken);
        await harness.SettleAsync(cancellationToken);
        await swept.ArmAsync(crash, cancellationToken);
        await StartAsync(harness, id, "two", policy, cancellationToken);
        if (isReleased)
        {
            Hosts.Release(harness, id);
        }

        var session = await swept.EndAsync(cancellationToken);
        session.Runs.Select(run => run.Status).ShouldBe(expected);
        // Accepted means answered, once: the message is in the transcript and the model's last words are about it.
        session.Messages.Count(message => message.Content == "two").ShouldBe(1);
        session.Messages[^1].Content.ShouldNotBeNull().ShouldStartWith("You said 'two'");
        session.Messages.Count(message => message.Content == id).ShouldBe(policy == DoubleTexting.Rollback ? 0 : 1);
        // A step that begins anew may find the message there already, and then asks for no tool.
        var calls = session.Messages.Count(message => message.ToolCalls is not null);
        swept.Verify(session, calls);
        return swept.Outcome;
    }

    private static async Task StartAsync(
        CrashHarness harness,
        string id,
        string message,
        DoubleTexting? policy,
        CancellationToken cancellationToken
    )
    {
        using var response = await harness.SurviveAsync(
            (process, ct) => process.Client.StartSessionAsync("busy", id, message, $"{id}/{message}", policy, ct),
            cancellationToken
        );
        response.StatusCode.ShouldBe(
            HttpStatusCode.OK,
            await response.Content.ReadAsStringAsync(CancellationToken.None)
        );
    }
}
