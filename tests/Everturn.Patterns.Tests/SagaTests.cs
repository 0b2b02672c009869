using Everturn.Workflows;
using Patterns.Saga;

namespace Everturn.Patterns.Tests;

public sealed class SagaTests : PatternTests
{
    [Fact]
    public async Task All_is_booked()
    {
        await using var host = await StartAsync<BookTrip>();

        var bookings = await host.RunAsync<string, IReadOnlyList<string>>("book-trip", "Ada", cancellationToken: Token);

        bookings.ShouldBe(["flight of Ada", "hotel of Ada", "car of Ada"]);
        World.Done.ShouldBe(["book flight", "book hotel", "book car"]);
    }

    [Fact]
    public async Task What_was_booked_is_cancelled_the_last_first_when_the_car_is_not_to_be_had()
    {
        World.Fail("book car", new NonRetryableException("none left"));
        await using var host = await StartAsync<BookTrip>();

        var failed = await Should.ThrowAsync<InstanceFailedException>(() =>
            host.RunAsync<string, IReadOnlyList<string>>("book-trip", "Ada", cancellationToken: Token)
        );

        failed.Error!.Message.ShouldBe("none left");
        World.Done.ShouldBe(["book flight", "book hotel", "cancel car", "cancel hotel", "cancel flight"]);
    }

    [Fact]
    public async Task A_crash_anywhere_in_the_rollback_changes_nothing_of_its_end()
    {
        World.Fail("book car", new NonRetryableException("none left"));
        await using var host = await StartAsync<BookTrip>();

        var sweep = await host.SweepCrashesAsync("book-trip", "Ada", cancellationToken: Token);

        sweep.EnsureSameEnd();
        sweep.Undisturbed.Instance.Rollback.ShouldBe(new RollbackResult(true));
        sweep.Runs.Count.ShouldBeGreaterThan(10);
        sweep.Runs.ShouldAllBe(run => run.Details.Instance.Rollback == new RollbackResult(true));
    }
}
