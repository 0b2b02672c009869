using System.Globalization;
using Everturn.Workflows;

namespace Everturn.Tests.Workflows;

public sealed class CronScheduleTests
{
    // 2026-01-01 is a Thursday.
    [Theory]
    [InlineData("* * * * *", "2026-01-01 00:01")]
    [InlineData("*/15 * * * *", "2026-01-01 00:15")]
    [InlineData("0 9 * * 1-5", "2026-01-01 09:00")]
    [InlineData("0 9 * * 1", "2026-01-05 09:00")]
    [InlineData("0 9 * * 0", "2026-01-04 09:00")]
    [InlineData("0 9 * * 7", "2026-01-04 09:00")]
    [InlineData("0 9 * * SUN", "2026-01-04 09:00")]
    [InlineData("0 9 * * sat,mon", "2026-01-03 09:00")]
    [InlineData("0 9 * * 5-7", "2026-01-02 09:00")]
    [InlineData("0 9 * * FRI-MON", "2026-01-02 09:00")]
    [InlineData("0 9 * * */2", "2026-01-01 09:00")]
    [InlineData("0 9 * * MON#2", "2026-01-12 09:00")]
    [InlineData("0 9 * * 5L", "2026-01-30 09:00")]
    [InlineData("0 9 L * *", "2026-01-31 09:00")]
    [InlineData("0 0 29 2 *", "2028-02-29 00:00")]
    [InlineData("30 12 10 6 *", "2026-06-10 12:30")]
    [InlineData("0 0 13 * 5", "2026-01-02 00:00")]
    [InlineData("0 0 2 * 1", "2026-01-02 00:00")]
    public void An_expression_of_five_fields_fires_next_at(string cron, string expected)
    {
        var schedule = CronSchedule.Parse(cron, TimeZoneInfo.Utc);

        schedule
            .Next(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
            .ShouldBe(DateTimeOffset.Parse(expected + " +00:00", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Where_days_of_the_month_and_of_the_week_are_given_it_fires_on_either()
    {
        var schedule = CronSchedule.Parse("0 0 5 * 1", TimeZoneInfo.Utc);
        var days = new List<int>();
        for (var next = schedule.Next(new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero)); days.Count < 5; )
        {
            days.Add(next!.Value.Day);
            next = schedule.Next(next.Value);
        }

        days.ShouldBe([4, 5, 11, 18, 25]);
    }

    [Fact]
    public void A_zone_decides_when_a_day_begins()
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("plus two", TimeSpan.FromHours(2), "plus two", "plus two");

        CronSchedule
            .Parse("0 9 * * *", zone)
            .Next(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
            .ShouldBe(new DateTimeOffset(2026, 1, 1, 7, 0, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("")]
    [InlineData("* * * *")]
    [InlineData("* * * * * *")]
    [InlineData("61 * * * *")]
    [InlineData("* * * * 8")]
    [InlineData("* * * * MAN")]
    [InlineData("* * * * 1-2-3")]
    [InlineData("* * * * */0")]
    [InlineData("x * * * *")]
    public void What_is_not_an_expression_is_refused(string cron) =>
        Should.Throw<InvalidInputException>(() => CronSchedule.Parse(cron, TimeZoneInfo.Utc)).Field.ShouldBe("cron");
}
