using Everturn.Sessions;
using Everturn.Storage;
using static Everturn.Sqlite.Tests.Sessions.SessionStoreHarness;

namespace Everturn.Sqlite.Tests.Sessions;

/// <summary>What version 3 added, in a session of its own: a transcript that was put back, and a withdrawn call.</summary>
internal static class GoldenRewind
{
    public static readonly SessionKey Key = new("tenant", "rewound");

    public static SessionCommit[] Commits => [StartCommit, StepCommit, SuspendCommit, BranchCommit];

    public static PendingCallRecord Call { get; } =
        new()
        {
            Session = Key,
            ApprovalId = "approval-2",
            RunId = "run-1",
            ToolCallId = "call-1",
            ToolName = "send",
            Kind = "client",
            Status = PendingCallStatus.Pending,
            ArgumentsHash = "44136f",
            RequestedAt = Start,
        };

    private static SessionCommit Commit =>
        new()
        {
            Session = Key,
            Kind = CommitKind.RunStart,
            At = Start,
        };

    private static SessionCommit StartCommit =>
        Commit with
        {
            NewSession = new() { AgentType = "assistant" },
            NewRun = Run("run-1", RunTrigger.Execute),
            Messages = [AgentMessage.FromUser("one")],
            State = Json("""{"a":1}"""),
        };

    private static SessionCommit StepCommit =>
        Commit with
        {
            RunId = "run-1",
            Messages = [AgentMessage.FromUser("two")],
            State = Json("""{"a":2}"""),
            Checkpoint = new()
            {
                CheckpointId = "cp-2",
                RunId = "run-1",
                StepCount = 1,
                Status = RunStatus.Running,
                CreatedAt = Start,
            },
        };

    private static SessionCommit SuspendCommit =>
        Commit with
        {
            RunId = "run-1",
            RunChange = new() { Status = RunStatus.SuspendedClientTool },
            PendingCalls = [Call],
        };

    private static SessionCommit BranchCommit =>
        Commit with
        {
            RunId = "run-1",
            ExpectedVersion = 3,
            NewRun = Run("run-2", RunTrigger.Resume) with { ParentRunId = "run-1" },
            Rewind = new(1),
            Messages = [AgentMessage.FromUser("another two"), AgentMessage.FromUser("three")],
            State = Json("""{"a":1}"""),
            PendingCalls = [Call with { Status = PendingCallStatus.Withdrawn, DecidedAt = Start }],
        };

    private static NewRun Run(string runId, RunTrigger trigger) =>
        new()
        {
            RunId = runId,
            Trigger = trigger,
            Runtime = "in-process",
        };
}
