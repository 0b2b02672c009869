using System.Text;
using Everturn.Sqlite.Workflows;
using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Sqlite.Tests.Workflows;

public sealed class LogContentTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly JournalKey Step = new(new("do"), "reserve ✓", 2);

    [Fact]
    public void Entries_come_back_as_they_were_written()
    {
        LogEntry[] entries =
        [
            new(InstanceLogEventType.WorkflowStarted, Start),
            new(InstanceLogEventType.StepStarted, Start.AddMilliseconds(3)) { Step = Step },
            new(InstanceLogEventType.AttemptErrored, Start.AddDays(40))
            {
                Step = Step,
                Attempt = 1,
                Error = new("IOException", "The disk is full."),
                RetryDelayMs = 86_400_000,
            },
            new(InstanceLogEventType.SleepStarted, Start) { Step = new(new("sleep"), "", 1), DurationMs = 0 },
            new(InstanceLogEventType.WaitStarted, Start.AddMilliseconds(-1)) { Step = Step, EventType = "paid" },
            new(InstanceLogEventType.RollbackCompleted, Start) { TotalSteps = 3, CompletedSteps = 2 },
            new(new("of_tomorrow"), Start),
        ];

        LogContent.Read(LogContent.Write(entries)).ShouldBe(entries);
    }

    [Fact]
    public void Each_type_has_a_number_that_never_changes()
    {
        // Stored rows carry these numbers: a type may be added at the end and none may move.
        string[] types =
        [
            "workflow_queued",
            "workflow_started",
            "workflow_running",
            "workflow_waiting",
            "workflow_waiting_for_pause",
            "workflow_paused",
            "workflow_completed",
            "workflow_errored",
            "workflow_terminated",
            "step_started",
            "step_completed",
            "step_errored",
            "attempt_started",
            "attempt_completed",
            "attempt_errored",
            "sleep_started",
            "sleep_completed",
            "wait_started",
            "wait_completed",
            "wait_timed_out",
            "rollback_started",
            "rollback_step_started",
            "rollback_step_completed",
            "rollback_step_errored",
            "rollback_attempt_started",
            "rollback_attempt_completed",
            "rollback_attempt_errored",
            "rollback_completed",
            "rollback_errored",
        ];

        for (var i = 0; i < types.Length; i++)
        {
            LogContent.Write([new(new(types[i]), Start)])[1].ShouldBe((byte)(i + 1), types[i]);
        }
    }

    [Fact]
    public void A_quick_step_takes_few_bytes()
    {
        LogEntry[] entries =
        [
            new(InstanceLogEventType.StepStarted, Start) { Step = Step },
            new(InstanceLogEventType.AttemptStarted, Start) { Step = Step, Attempt = 1 },
            new(InstanceLogEventType.AttemptCompleted, Start) { Step = Step, Attempt = 1 },
            new(InstanceLogEventType.StepCompleted, Start) { Step = Step },
        ];

        LogContent.Write(entries).Length.ShouldBeLessThan(48);
    }

    [Fact]
    public void A_row_of_the_first_version_is_read()
    {
        var json = """
            [{"t":"attempt_errored","at":1767225600000,"k":"do","n":"reserve ✓","o":2,"a":3,"r":10,
              "e":{"name":"IOException","message":"The disk is full."}},
             {"t":"rollback_started","at":1767225600001,"s":4}]
            """;

        LogContent
            .Read(Encoding.UTF8.GetBytes(json))
            .ShouldBe([
                new(InstanceLogEventType.AttemptErrored, Start)
                {
                    Step = Step,
                    Attempt = 3,
                    RetryDelayMs = 10,
                    Error = new("IOException", "The disk is full."),
                },
                new(InstanceLogEventType.RollbackStarted, Start.AddMilliseconds(1)) { TotalSteps = 4 },
            ]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("02")]
    [InlineData("017f")]
    [InlineData("01ff")]
    [InlineData("010002")]
    [InlineData("010a02")]
    [InlineData("010a0200ff")]
    public void A_damaged_row_is_an_error(string hex) =>
        Should.Throw<StoreUnavailableException>(() => LogContent.Read(Convert.FromHexString(hex)));
}
