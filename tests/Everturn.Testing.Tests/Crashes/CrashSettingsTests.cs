using Everturn.Storage;
using Everturn.Testing.Crashes;

namespace Everturn.Testing.Tests.Crashes;

public sealed class CrashSettingsTests
{
    [Fact]
    public void Every_durable_write_has_its_three_points_by_name()
    {
        CrashPoints.All.Count.ShouldBe(Enum.GetValues<CommitKind>().Length * 3);
        CrashPoints.All.Select(point => point.Name).ShouldBeUnique();
        CrashPoints.Parse("step-model.after").ShouldBe(new(CommitKind.StepModel, CommitPhase.After));
        CrashPoints.Parse("delta-flush.inside").ShouldBe(new(CommitKind.DeltaFlush, CommitPhase.Inside));
    }

    [Theory]
    [InlineData("run-end.before", "run-end.before:1")]
    [InlineData("run-end.before:12", "run-end.before:12")]
    [InlineData("model-update:7", "model-update:7")]
    public void A_setting_is_a_point_and_an_arrival(string text, string expected) =>
        CrashSettings.Parse(text).ToString().ShouldBe(expected);

    [Theory]
    [InlineData("")]
    [InlineData("run-end")]
    [InlineData("run-end.before:0")]
    [InlineData("run-end.before:-1")]
    [InlineData("run-end.before:x")]
    [InlineData("run-end.before:1:2")]
    public void Invariant_11_a_setting_that_means_nothing_is_refused(string text) =>
        Should.Throw<InvalidInputException>(() => CrashSettings.Parse(text));

    [Fact]
    public void An_observer_counts_arrivals()
    {
        var observer = new CrashObserver();

        observer.Reached(CommitKind.RunEnd, CommitPhase.After);
        observer.Reached(CommitKind.RunEnd, CommitPhase.After);

        observer.Arrivals[CrashPoints.Parse("run-end.after")].ShouldBe(2);
    }
}
