using System.Text.Json;
using Everturn.Sessions;
using Everturn.Testing.Crashes;

namespace Everturn.Testing.Tests.Crashes;

/// <summary>A checker that finds nothing is worth nothing: each rule is shown what it must find.</summary>
public sealed class InvariantCheckerTests
{
    private static readonly AgentMessage User = AgentMessage.FromUser("hello");
    private static readonly AgentMessage Calls = new()
    {
        Role = MessageRole.Assistant,
        RunId = "r1",
        ToolCalls = [new("c1", "search", JsonElement.Parse("{}"))],
    };
    private static readonly AgentMessage Result = new()
    {
        Role = MessageRole.Tool,
        ToolCallId = "c1",
        Content = "1",
    };
    private static readonly AgentMessage Answer = new()
    {
        Role = MessageRole.Assistant,
        RunId = "r1",
        Content = "hi",
    };

    [Fact]
    public void A_good_session_has_no_violation() => Check(Good()).ShouldBeEmpty();

    [Fact]
    public void A_gap_in_the_numbers_is_found() =>
        Check(Good() with { Chunks = [Text(1, "h"), Text(3, "i")] })
            .ShouldContain(line => line.StartsWith("Invariant 7"));

    [Fact]
    public void Runs_that_do_not_share_the_numbers_out_are_found() =>
        Check(Good() with { Runs = [Run(1, 2, 2)] }).ShouldContain(line => line.StartsWith("Invariant 7"));

    [Fact]
    public void An_instance_id_used_twice_is_found() =>
        Check(Good() with { Runs = [Run(1, 1, 1), Run(2, 2, 2) with { InstanceId = "i1" }] })
            .ShouldContain(line => line.StartsWith("Invariant 3"));

    [Fact]
    public void A_call_without_a_result_is_found() =>
        Check(Good() with { Messages = [User, Calls, Answer] }).ShouldContain(line => line.StartsWith("Invariant 6"));

    [Fact]
    public void A_call_with_two_results_is_found() =>
        Check(Good() with { Messages = [User, Calls, Result, Result, Answer] })
            .ShouldContain(line => line.StartsWith("Invariant 6"));

    [Fact]
    public void A_transcript_that_ends_at_a_call_is_found() =>
        Check(Good() with { Messages = [User, Calls] }).ShouldContain(line => line.StartsWith("Invariant 6"));

    [Fact]
    public void Two_answers_in_a_row_are_found() =>
        Check(Good() with { Messages = [User, Answer, Answer] }).ShouldContain(line => line.StartsWith("Invariant 6"));

    [Fact]
    public void A_stream_that_says_something_else_is_found() =>
        Check(Good() with { Chunks = [Text(1, "h"), Text(2, "o")] }).ShouldHaveSingleItem().ShouldContain("'ho'");

    [Fact]
    public void What_a_step_said_before_it_was_discarded_does_not_count() =>
        Check(
                Good() with
                {
                    Runs = [Run(1, 1, 4)],
                    Chunks =
                    [
                        Text(1, "lost"),
                        Chunk(2, """ "type":"step_discarded","fromSequence":1 """),
                        Text(3, "h"),
                        Text(4, "i"),
                    ],
                }
            )
            .ShouldBeEmpty();

    [Fact]
    public void A_run_too_many_is_found() =>
        new InvariantChecker()
            .Completed(Good() with { Runs = [Run(1, 1, 1), Run(2, 2, 2)] }, 1)
            .Violations.ShouldContain(line => line.StartsWith("Invariant 4"));

    [Fact]
    public void A_run_that_failed_is_found() =>
        new InvariantChecker()
            .Completed(Good() with { Runs = [Run(1, 1, 2) with { Status = "failed", Error = "why" }] }, 1)
            .Violations.ShouldHaveSingleItem()
            .ShouldContain("why");

    [Fact]
    public void A_finished_call_that_ran_again_is_found() =>
        Should.Throw<InvariantViolationException>(() =>
            new InvariantChecker()
                .Effects(new Dictionary<string, int> { ["k"] = 1 }, new Dictionary<string, int> { ["k"] = 2 }, calls: 1)
                .Verify()
        );

    [Fact]
    public void A_call_whose_key_changed_is_found() =>
        new InvariantChecker()
            .Effects(new Dictionary<string, int>(), new Dictionary<string, int> { ["k"] = 1, ["other"] = 1 }, calls: 1)
            .Violations.ShouldHaveSingleItem();

    private static IReadOnlyList<string> Check(SessionEvidence session) =>
        new InvariantChecker().Session(session).Violations;

    private static SessionEvidence Good() =>
        new("s1", [Run(1, 1, 2)], [User, Calls, Result, Answer], [Text(1, "h"), Text(2, "i")]);

    private static RunEvidence Run(int ordinal, long start, long end) =>
        new()
        {
            RunId = $"r{ordinal}",
            Ordinal = ordinal,
            Turn = ordinal,
            Status = "completed",
            InstanceId = $"i{ordinal}",
            StartSequence = start,
            EndSequence = end,
        };

    private static ReceivedChunk Text(long sequence, string text) =>
        Chunk(sequence, $""" "type":"text_delta","delta":"{text}" """);

    private static ReceivedChunk Chunk(long sequence, string fields) =>
        new(sequence, $$"""{ {{fields}}, "agentId":"r1","agentType":"a","timestamp":0,"step":1 }""");
}
