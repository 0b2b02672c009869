using System.Text;
using Everturn.Sessions;
using Everturn.Sessions.Storage;
using Everturn.Storage;
using Everturn.Streaming;

namespace Everturn.Tests.Sessions;

public sealed class SessionCommitRulesTests
{
    private static readonly EverturnLimits Limits = new();
    private static readonly DateTimeOffset At = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly NodeIdentity Node = new("node", 1);
    private static readonly SessionKey Key = new("s-1");

    private static SessionCommit Commit =>
        new()
        {
            Session = Key,
            Kind = CommitKind.SessionUpdate,
            At = At,
        };

    private static SessionRecord Session =>
        new()
        {
            Key = Key,
            AgentType = "assistant",
            Status = SessionStatus.Active,
            MessageCount = 3,
            LastSequence = 10,
            RunOrdinal = 2,
            Turn = 2,
            CurrentRunId = "run-2",
            Version = 7,
            CreatedAt = At,
            UpdatedAt = At,
        };

    private static RunRecord Run =>
        new()
        {
            Session = Key,
            RunId = "run-2",
            Ordinal = 2,
            Turn = 2,
            Trigger = RunTrigger.Execute,
            InstanceId = "agent__assistant__s-1__turn__2",
            AgentType = "assistant",
            Runtime = "workflow",
            Status = RunStatus.Running,
            Owner = new Fence(Node, 1),
            CreatedAt = At,
        };

    private static StoredFacts Facts =>
        new()
        {
            Session = Session,
            Stream = StreamStatus.Active,
            CurrentRun = Run,
            NodeIsLive = true,
        };

    private static SessionCommit Flush =>
        Commit with
        {
            RunId = "run-2",
            Fence = new Fence(Node, 1),
            Chunks = ["{}"u8.ToArray()],
        };

    private static CommitPlan Decide(SessionCommit commit, StoredFacts facts) =>
        SessionCommitRules.Decide(SessionCommitRules.Prepare(commit, Limits), facts);

    [Fact]
    public void A_prepared_commit_names_the_rows_to_read()
    {
        var claim = SessionCommitRules.Prepare(Commit with { RunId = "run-2", Claim = Node }, Limits);
        claim.Node.ShouldBe(Node);
        claim.RequestId.ShouldBeNull();
        var start = new NewRun
        {
            RunId = "run-3",
            Trigger = RunTrigger.Execute,
            Runtime = "workflow",
            Owner = Node,
            RequestId = "r",
            BodyHash = "h",
        };
        var started = SessionCommitRules.Prepare(Commit with { NewRun = start }, Limits);
        started.Node.ShouldBe(Node);
        started.RequestId.ShouldBe("r");
        SessionCommitRules.Prepare(Flush, Limits).Node.ShouldBe(Node);
        SessionCommitRules.Prepare(Commit, Limits).Node.ShouldBeNull();
    }

    [Fact]
    public void A_flush_leaves_the_run_row_alone()
    {
        var plan = Decide(Flush, Facts);
        plan.Writes.ShouldBeTrue();
        plan.RunChanged.ShouldBeFalse();
        plan.IsNewRun.ShouldBeFalse();
        plan.IsNewSession.ShouldBeFalse();
        plan.FirstSequence.ShouldBe(11);
        plan.FirstMessage.ShouldBe(3);
        plan.Session!.LastSequence.ShouldBe(11);
        plan.Session.Version.ShouldBe(8);
        plan.Run!.RunId.ShouldBe("run-2");
    }

    [Fact]
    public void A_flush_after_a_claim_writes_the_run_row_once()
    {
        var plan = Decide(Flush, Facts with { CurrentRun = Run with { ClaimCount = 2 } });
        plan.RunChanged.ShouldBeTrue();
        plan.Run!.ClaimCount.ShouldBe(0);
        Decide(Flush, Facts with { CurrentRun = plan.Run }).RunChanged.ShouldBeFalse();
    }

    [Fact]
    public void A_refusal_writes_nothing_and_carries_the_rows_as_they_are()
    {
        var plan = Decide(Flush with { ExpectedVersion = 1 }, Facts);
        plan.Outcome.ShouldBe(SessionCommitOutcome.VersionConflict);
        plan.Writes.ShouldBeFalse();
        plan.Session.ShouldBeSameAs(plan.ToResult().Session);
        plan.Session!.Version.ShouldBe(7);
        plan.Outbox.ShouldBeEmpty();
    }

    [Fact]
    public void A_command_to_an_ended_run_is_applied_and_writes_nothing()
    {
        var command = new CommandRecord
        {
            Session = Key,
            RunId = "run-2",
            Kind = CommandKind.Abort,
            CreatedAt = At,
        };
        var ended = Run with { Status = RunStatus.Completed };
        var plan = Decide(Commit with { Command = command }, Facts with { CurrentRun = ended });
        plan.Outcome.ShouldBe(SessionCommitOutcome.Applied);
        plan.Writes.ShouldBeFalse();
        plan.Command.ShouldBeNull();
        plan.Run.ShouldBeSameAs(ended);

        var older = ended with { RunId = "run-1" };
        var commit = Commit with { Command = command with { RunId = "run-1" } };
        Decide(commit, Facts with { CommandRun = older }).Run.ShouldBeSameAs(older);
        Decide(commit, Facts).Outcome.ShouldBe(SessionCommitOutcome.RunNotCurrent);
    }

    [Fact]
    public void A_commit_with_more_than_a_command_writes_the_rest_when_the_run_has_ended()
    {
        var command = new CommandRecord
        {
            Session = Key,
            RunId = "run-2",
            Kind = CommandKind.Steer,
            CreatedAt = At,
        };
        var plan = Decide(
            Commit with
            {
                Command = command,
                SessionChange = new() { Title = "t" },
            },
            Facts with
            {
                CurrentRun = Run with { Status = RunStatus.Failed },
            }
        );
        plan.Writes.ShouldBeTrue();
        plan.Command.ShouldBeNull();
        plan.Session!.Title.ShouldBe("t");
    }

    [Fact]
    public void The_start_of_the_instance_comes_before_other_outbox_entries()
    {
        var other = new OutboxEntry
        {
            Session = Key,
            Kind = OutboxKind.DeleteInstance,
            InstanceId = "old",
            Token = "old",
        };
        var plan = Decide(
            Commit with
            {
                NewSession = new() { AgentType = "assistant" },
                NewRun = new()
                {
                    RunId = "run-1",
                    Trigger = RunTrigger.Execute,
                    Runtime = "workflow",
                    WorkflowName = "agent",
                },
                Outbox = [other],
            },
            default
        );
        plan.IsNewSession.ShouldBeTrue();
        plan.IsNewRun.ShouldBeTrue();
        plan.RunChanged.ShouldBeFalse();
        plan.Outbox.Count.ShouldBe(2);
        plan.Outbox[0].InstanceId.ShouldBe("agent__assistant__s-1");
        plan.Outbox[0].Token.ShouldBe("run-1");
        Encoding
            .UTF8.GetString(plan.Outbox[0].Parameters.Span)
            .ShouldBe("""{"tenant":"","sessionId":"s-1","runId":"run-1"}""");
        plan.Outbox[1].ShouldBe(other);
    }

    [Fact]
    public void A_dead_node_loses_before_anything_is_compared()
    {
        Should.Throw<OwnershipLostException>(() => Decide(Flush, Facts with { NodeIsLive = false }));
        Should.Throw<OwnershipLostException>(() => Decide(Flush with { Fence = new Fence(Node, 2) }, Facts));
    }

    [Fact]
    public void A_message_too_deep_to_be_read_again_is_refused_and_a_deep_one_is_kept()
    {
        MessageJson.Decode(Depth(60)).ShouldNotBeNull();
        Should.Throw<InvalidInputException>(() => Depth(200)).Field.ShouldBe("messages[0]");

        static EncodedMessage Depth(int levels)
        {
            var json = new string('[', levels) + new string(']', levels);
            using var document = System.Text.Json.JsonDocument.Parse(json, new() { MaxDepth = 1_000 });
            var call = new ToolCall("id", "tool", document.RootElement);
            var message = new AgentMessage { Role = MessageRole.Assistant, ToolCalls = [call] };
            return SessionCommitRules.Prepare(Commit with { Messages = [message] }, Limits).Messages[0];
        }
    }

    [Fact]
    public void A_stored_message_does_not_carry_its_columns()
    {
        var message = AgentMessage.FromUser("hé<") with { RunId = "run-1", CreatedAt = At };
        var encoded = SessionCommitRules.Prepare(Commit with { Messages = [message] }, Limits).Messages[0];
        Encoding.UTF8.GetString(encoded.Json.Span).ShouldBe("""{"role":"user","content":"hé<"}""");
        (encoded.RunId, encoded.CreatedAt).ShouldBe(("run-1", At));
        MessageJson.Decode(encoded).ShouldBe(message);
    }

    [Fact]
    public void What_a_caller_does_to_its_collections_later_is_no_commit()
    {
        List<string> tags = ["a"];
        var plan = Decide(
            Commit with
            {
                NewSession = new() { AgentType = "assistant", Tags = tags },
            },
            default
        );
        tags.Add("b");
        plan.Session!.Tags.ShouldBe(["a"]);
    }

    [Fact]
    public void A_tombstone_keeps_the_id_and_nothing_that_a_person_wrote()
    {
        var session = Session with { Title = "t", UserId = "u", Tags = ["a"], ForkedFrom = "f", ExpiresAt = At };
        var tombstone = SessionDeletionRules.Tombstone(session, At.AddDays(1));
        tombstone.DeletedAt.ShouldBe(At.AddDays(1));
        (tombstone.Title, tombstone.UserId, tombstone.ForkedFrom, tombstone.ExpiresAt).ShouldBe(
            (null, null, null, null)
        );
        tombstone.Tags.ShouldBeEmpty();
        tombstone.Version.ShouldBe(8);
        SessionDeletionRules.Decide(tombstone, null).ShouldBe(SessionCommitOutcome.SessionNotFound);
        SessionDeletionRules.Decide(session, Run).ShouldBe(SessionCommitOutcome.StatusConflict);
    }
}
