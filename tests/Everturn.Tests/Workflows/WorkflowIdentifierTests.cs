using Everturn.Workflows;

namespace Everturn.Tests.Workflows;

/// <summary>Which names, ids, types and lengths of time are accepted.</summary>
public sealed class WorkflowIdentifierTests
{
    public static TheoryData<string, bool> Words =>
        new()
        {
            { "a", true },
            { "_", true },
            { "0", true },
            { "A-b_9", true },
            { "a-", true },
            { "", false },
            { "-a", false },
            { "a b", false },
            { "a.b", false },
            { "a/b", false },
            { "a\n", false },
            { "ä", false },
            { "#invalid!", false },
        };

    [Theory]
    [MemberData(nameof(Words))]
    public void WF_04_names_ids_and_event_types_are_words(string word, bool isGood)
    {
        foreach (
            var check in new Action<string>[]
            {
                name => WorkflowIdentifiers.CheckWorkflowName(name),
                id => WorkflowIdentifiers.CheckUserInstanceId(id),
                WorkflowIdentifiers.CheckEventType,
            }
        )
        {
            Accepts(() => check(word)).ShouldBe(isGood, word);
        }
    }

    [Fact]
    public void Each_has_a_largest_length()
    {
        foreach (
            var (length, check) in new (int, Action<string>)[]
            {
                (64, name => WorkflowIdentifiers.CheckWorkflowName(name)),
                (100, id => WorkflowIdentifiers.CheckUserInstanceId(id)),
                (300, id => WorkflowIdentifiers.CheckInstanceId(id)),
                (256, WorkflowIdentifiers.CheckStepName),
                (100, WorkflowIdentifiers.CheckEventType),
            }
        )
        {
            Accepts(() => check(new string('a', length))).ShouldBeTrue($"{length}");
            Accepts(() => check(new string('a', length + 1))).ShouldBeFalse($"{length + 1}");
        }
    }

    [Theory]
    [InlineData("*/30 * * * *-1786001400000", true)]
    [InlineData("agent__a__s.1:2@x", true)]
    [InlineData("-a", false)]
    [InlineData("a\tb", false)]
    [InlineData("a'b", false)]
    [InlineData("a%b", false)]
    public void Ids_that_schedules_and_runtimes_choose_have_more_characters(string id, bool isGood) =>
        Accepts(() => WorkflowIdentifiers.CheckInstanceId(id)).ShouldBe(isGood);

    [Theory]
    [InlineData("250", 250)]
    [InlineData("0", 0)]
    [InlineData("1 second", 1_000)]
    [InlineData("30 seconds", 30_000)]
    [InlineData("1.5 minutes", 90_000)]
    [InlineData("2 hours", 7_200_000)]
    [InlineData("1 day", 86_400_000)]
    [InlineData("1 week", 604_800_000)]
    [InlineData("1 month", 2_592_000_000)]
    [InlineData("1 year", 31_536_000_000)]
    public void A_length_of_time_is_milliseconds_or_a_number_and_a_unit(string text, long milliseconds) =>
        WorkflowSleepDuration.Parse(text).Value.TotalMilliseconds.ShouldBe(milliseconds);

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-1")]
    [InlineData("1 fortnight")]
    [InlineData("1second")]
    [InlineData("1 2 seconds")]
    [InlineData("1e9 years")]
    [InlineData("NaN")]
    [InlineData("Infinity seconds")]
    [InlineData("99999999999999999999 years")]
    public void Other_texts_are_not_lengths_of_time(string text) =>
        Should.Throw<InvalidInputException>(() => WorkflowSleepDuration.Parse(text)).Field.ShouldBe("duration");

    [Theory]
    [InlineData("?")]
    [InlineData("")]
    [InlineData("MQ")]
    [InlineData("OQoxCgpzY3JpcHQKaS0x")]
    [InlineData("MQotMQoKc2NyaXB0CmktMQ")]
    [InlineData("MQo5OTk5OTk5OTk5OTk5OTk5OTkKCnNjcmlwdAppLTE")]
    public void A_cursor_that_no_list_returned_is_refused(string text) =>
        Should.Throw<InvalidInputException>(() => InstanceCursor.Parse(text)).Field.ShouldBe("cursor");

    [Fact]
    public void A_cron_expression_has_at_most_256_characters()
    {
        static string Minutes(int length) =>
            string.Concat("0", string.Concat(Enumerable.Repeat(",0", 200))[..(length - 9)], " * * * *");

        Accepts(() => CronSchedule.Parse(Minutes(256), TimeZoneInfo.Utc)).ShouldBeTrue();
        Accepts(() => CronSchedule.Parse(Minutes(258), TimeZoneInfo.Utc)).ShouldBeFalse();
    }

    private static bool Accepts(Action check)
    {
        try
        {
            check();
            return true;
        }
        catch (InvalidInputException)
        {
            return false;
        }
    }
}
