namespace Everturn.Patterns.Tests;

public sealed class CronTests : PatternTests
{
    [Fact]
    public async Task Every_night_makes_the_report_of_the_day_before()
    {
        await using var host = await StartAsync();
        await using var reports = host.IntrospectAll("nightly-report");

        await host.AdvanceAsync(TimeSpan.FromDays(2), Token);

        reports.Instances.Count.ShouldBe(2);
        World.Done.ShouldBe(["make 2025-12-31", "send 2025-12-31.pdf", "make 2026-01-01", "send 2026-01-01.pdf"]);
    }

    [Fact]
    public async Task A_report_that_fails_for_hours_is_still_that_of_its_own_day()
    {
        await using var host = await StartAsync();
        await using var reports = host.IntrospectAll(
            "nightly-report",
            m => m.MockStepError("make", new TimeoutException("database"), times: 5)
        );

        await host.AdvanceAsync(TimeSpan.FromDays(1), Token);
        await host.CrashAsync();
        await host.AdvanceAsync(TimeSpan.FromHours(1), Token);

        World.Done.ShouldBe(["make 2025-12-31", "send 2025-12-31.pdf"]);
        reports.Instances.Count.ShouldBe(1);
    }
}
