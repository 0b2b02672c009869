using Everturn.StatefulAgents.Scheduling;

namespace Everturn.StatefulAgents.Tests.Scheduling;

/// <summary>Cron expressions of five fields.</summary>
public sealed class CronExpressionTests
{
    [Theory]
    [InlineData("* * * * *", "2026-01-01T00:01:00Z")]
    [InlineData("*/15 * * * *", "2026-01-01T00:15:00Z")]
    [InlineData("0 9 * * 1-5", "2026-01-01T09:00:00Z")]
    [InlineData("0 0 * * SUN", "2026-01-04T00:00:00Z")]
    [InlineData("0 0 * * 7", "2026-01-04T00:00:00Z")]
    [InlineData("30 4 1,15 * *", "2026-01-01T04:30:00Z")]
    [InlineData("0 0 29 2 *", "2028-02-29T00:00:00Z")]
    [InlineData("0 0 13 * 5", "2026-01-02T00:00:00Z")]
    [InlineData("5/20 1 * feb *", "2026-02-01T01:05:00Z")]
    [InlineData("59 23 31 12 *", "2026-12-31T23:59:00Z")]
    public void The_next_time_is_the_first_match_after_now(string cron, string expected) =>
        CronExpression
            .Parse(cron)
            .Next(DateTimeOffset.Parse("2026-01-01T00:00:30Z"))
            .ShouldBe(DateTimeOffset.Parse(expected));

    [Theory]
    [InlineData("")]
    [InlineData("* * * *")]
    [InlineData("* * * * * *")]
    [InlineData("60 * * * *")]
    [InlineData("* * 0 * *")]
    [InlineData("5-1 * * * *")]
    [InlineData("*/0 * * * *")]
    [InlineData("a * * * *")]
    [InlineData("0 0 31 2 *")]
    public void What_is_no_expression_or_matches_no_date_is_refused(string cron) =>
        Should.Throw<InvalidInputException>(() => CronExpression.Parse(cron)).Field.ShouldBe("cron");
}
