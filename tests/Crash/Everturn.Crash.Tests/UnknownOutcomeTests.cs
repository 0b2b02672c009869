using Everturn.Agents;
using Everturn.Testing.Crashes;

namespace Everturn.Crash.Tests;

/// <summary>A tool that may happen once, in a process that is killed between its effect and its outcome.</summary>
public sealed class UnknownOutcomeTests
{
    [Theory]
    [InlineData(AgentRuntimes.Workflow, "happened", 1, "The call took effect. Its result is not known.")]
    [InlineData(AgentRuntimes.Workflow, "did-not-happen", 1, "The call did not take effect.")]
    [InlineData(AgentRuntimes.Workflow, "try-again", 2, "13")]
    [InlineData(AgentRuntimes.InProcess, "happened", 1, "The call took effect. Its result is not known.")]
    [InlineData(AgentRuntimes.InProcess, "did-not-happen", 1, "The call did not take effect.")]
    [InlineData(AgentRuntimes.InProcess, "try-again", 2, "13")]
    public async Task A_call_that_may_happen_once_is_not_repeated_but_asked_about(
        string runtime,
        string answer,
        int effects,
        string told
    )
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        const string Id = "s";
        await using var harness = new CrashHarness(Hosts.Program(runtime: runtime));
        await harness.ArmAsync(CrashSettings.Parse("step-commit.before"), cancellationToken);
        await harness.StartAsync("once", Id, cancellationToken);
        if (runtime == AgentRuntimes.InProcess)
        {
            // It does not go on by itself.
            await harness.WaitForAsync(Id, "interrupted", cancellationToken);
            await harness.PostAsync($"crash/sessions/{Id}/resume?requestId=after-crash", cancellationToken);
        }

        await harness.WaitForAsync(Id, "paused", cancellationToken);
        harness.Restarts.ShouldBe(1);
        Hosts.Effects(harness).Count("end").ShouldHaveSingleItem().Value.ShouldBe(1);
        var call = (await harness.WaitingAsync(Id, cancellationToken)).ShouldHaveSingleItem();
        call.GetProperty("kind").GetString().ShouldBe("effect");

        await harness.AnswerAsync(call, new { kind = answer, resume = true }, cancellationToken);
        await harness.WaitForAsync(Id, "completed", cancellationToken);

        Hosts.Effects(harness).Count("end").ShouldHaveSingleItem().Value.ShouldBe(effects);
        var session = await harness.SurviveAsync(
            (process, ct) => process.Client.ReadEvidenceAsync(Id, ct),
            cancellationToken
        );
        session.Messages[2].Content.ShouldBe(told);
        new InvariantChecker().Session(session).Verify();
    }
}
