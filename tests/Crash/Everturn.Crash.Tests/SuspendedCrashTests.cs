using Everturn.Agents;
using Everturn.Approvals;
using Everturn.Sqlite;
using Everturn.Testing.Crashes;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Crash.Tests;

/// <summary>A host that is killed while a session waits for a person, and an answer that another process writes.</summary>
public sealed class SuspendedCrashTests
{
    [Theory]
    [InlineData(AgentRuntimes.Workflow)]
    [InlineData(AgentRuntimes.InProcess)]
    public async Task An_answer_of_another_process_is_acted_on_after_the_host_was_killed(string runtime)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        const string Id = "s";
        await using var harness = new CrashHarness(Hosts.Program(runtime: runtime));
        await harness.StartAsync("gated", Id, cancellationToken);
        await harness.WaitForAsync(Id, "paused", cancellationToken);
        await harness.KillAsync(cancellationToken);

        await AnswerAllAsync(harness.DataDirectory, cancellationToken);

        await harness.WaitForAsync(Id, "completed", cancellationToken);
        Hosts.Effects(harness).Count("end").Count.ShouldBe(3);
        var session = await harness.SurviveAsync(
            (process, ct) => process.Client.ReadEvidenceAsync(Id, ct),
            cancellationToken
        );
        session.Runs.Select(run => run.Status).ShouldBe(["suspended_step_partial", "completed"]);
        new InvariantChecker().Session(session).Verify();
    }

    // This process has no code for the agent; the last answer leaves the resume to one that has.
    private static async Task AnswerAllAsync(string dataDirectory, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services
            .AddEverturn()
            .UseSqlite(options => options.DataDirectory = dataDirectory)
            .AddAgent(AgentDefinition.Create("other").Build());
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<SqliteDatabase>().OpenAsync(cancellationToken);
        var approvals = provider.GetRequiredService<IApprovals>();
        var waiting = await approvals.ListAsync(new(), cancellationToken);
        waiting.Items.Count.ShouldBe(3);
        foreach (var call in waiting.Items)
        {
            await approvals.AnswerAsync(
                call.ApprovalId,
                ToolAnswer.Approve(),
                new() { Resume = true },
                "",
                cancellationToken
            );
        }
    }
}
