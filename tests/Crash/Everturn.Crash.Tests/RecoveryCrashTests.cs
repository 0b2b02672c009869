using Everturn.Testing.Crashes;

namespace Everturn.Crash.Tests;

/// <summary>The process that recovers is killed as well.</summary>
public sealed class RecoveryCrashTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_recovery_that_is_killed_is_recovered(bool coLocate)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var harness = new CrashHarness(Hosts.Program(coLocate));
        var failures = new List<string>();
        foreach (
            var point in CrashPoints.All.Where(point =>
                point.Kind
                    is Storage.CommitKind.Node
                        or Storage.CommitKind.InstanceClaim
                        or Storage.CommitKind.RunClaim
                        or Storage.CommitKind.ToolIntent
                        or Storage.CommitKind.ToolOutcome
            )
        )
        {
            var id = point.Name.Replace('.', '-');
            var restarts = harness.Restarts;
            var conversation = new Conversation(harness, Scenario.Of("parallel tool step"), id);
            var finished = new FinishedCalls(harness, id);
            await harness.ArmAsync(CrashSettings.Parse("tool-outcome.after"), cancellationToken);
            harness.NextCrash = new(point);
            await conversation.HaveAsync(cancellationToken);
            await harness.ArmAsync(null, cancellationToken);
            var deaths = harness.Restarts - restarts;
            try
            {
                deaths.ShouldBe(2, point.Name);
                await conversation.VerifyAsync(finished, 1 + deaths, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                failures.Add($"{point}: {exception.Message}");
            }
        }

        failures.ShouldBeEmpty();
    }
}
