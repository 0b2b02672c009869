using System.Net;
using Everturn.Agents;
using Everturn.Sessions;
using Everturn.Testing.Crashes;

namespace Everturn.Crash.Tests;

/// <summary>
/// A turn with parallel tools on the in-process runtime. The next process finds the run and marks it; a resume goes on
/// where it stopped.
/// </summary>
public sealed class InProcessSweep(ITestOutputHelper output) : CrashSweep(output)
{
    private protected override int MaxArrivals => 2;

    private protected override CrashProgram Program(bool coLocate) =>
        Hosts.Program(coLocate, runtime: AgentRuntimes.InProcess);

    [Fact]
    public async Task A_host_that_is_killed_while_it_marks_the_run_leaves_it_to_the_next()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var harness = new CrashHarness(Program(coLocate: true));
        await harness.StartAsync(cancellationToken: cancellationToken);
        harness.NextCrash = CrashSettings.Parse("run-end.before");

        var (deaths, _) = await RunAsync(
            harness,
            "marked",
            CrashSettings.Parse("step-model.after"),
            cancellationToken
        );

        deaths.ShouldBe(2);
    }

    internal override async Task<(int Deaths, IReadOnlyDictionary<string, int> Arrivals)> RunAsync(
        CrashHarness harness,
        string id,
        CrashSettings? crash,
        CancellationToken cancellationToken
    )
    {
        var finished = new FinishedCalls(harness, id);
        var reader = new SessionReader(id);
        var restarts = harness.Restarts;
        await harness.ArmAsync(crash, cancellationToken);
        using var started = await harness.SurviveAsync(
            (process, ct) => process.Client.StartSessionAsync("parallel", id, "one", $"{id}/start", ct),
            cancellationToken
        );
        started.StatusCode.ShouldBe(HttpStatusCode.OK);
        var session = await EndAsync(harness, reader, cancellationToken);
        var arrivals = await harness.SettleAsync(cancellationToken);
        await harness.ArmAsync(null, cancellationToken);
        var deaths = harness.Restarts - restarts;

        session.Runs[^1].Status.ShouldBe("completed", session.Runs[^1].Error);
        session.Runs.SkipLast(1).ShouldAllBe(run => run.Status == "interrupted" && run.Reason == RunReason.HostLost);
        session.Messages.Count(message => message.Role == MessageRole.User).ShouldBe(1);
        var calls = session.Messages.SelectMany(message => message.ToolCalls ?? []).Count();
        new InvariantChecker()
            .Session(session)
            .Reader(session, reader)
            .Effects(finished.Of(id), finished.Now(id), calls)
            .Verify();
        return (deaths, arrivals);
    }

    private static async Task<SessionEvidence> EndAsync(
        CrashHarness harness,
        SessionReader reader,
        CancellationToken cancellationToken
    )
    {
        for (var resumes = 1; ; resumes++)
        {
            await harness.SurviveAsync((process, ct) => reader.ReadToEndAsync(process.Client, ct), cancellationToken);
            var session = await harness.SurviveAsync(
                (process, ct) => process.Client.ReadEvidenceAsync(reader.SessionId, ct),
                cancellationToken
            );
            if (session.Runs[^1].Status != "interrupted")
            {
                return session;
            }

            await harness.PostAsync($"crash/resume/{reader.SessionId}/{resumes}", cancellationToken);
        }
    }
}
