using Everturn.Agents;
using Everturn.Sessions;
using Everturn.Storage;
using static Everturn.Sqlite.Tests.Sessions.SessionStoreHarness;

namespace Everturn.Sqlite.Tests.Sessions;

/// <summary>What version 4 added, in a session of its own: messages that wait, and one that was withdrawn.</summary>
internal static class GoldenQueue
{
    public static readonly SessionKey Key = new("tenant", "busy");

    public static SessionCommit[] Commits =>
        [StartCommit, Wait("queued-1", DoubleTexting.Enqueue), Wait("queued-2", DoubleTexting.Steer), WithdrawCommit];

    private static SessionCommit Commit =>
        new()
        {
            Session = Key,
            Kind = CommitKind.RunQueue,
            At = Start,
        };

    private static SessionCommit StartCommit =>
        Commit with
        {
            NewSession = new() { AgentType = "assistant" },
            NewRun = new()
            {
                RunId = "run-1",
                Trigger = RunTrigger.Execute,
                Runtime = "in-process",
            },
            Messages = [AgentMessage.FromUser("one")],
        };

    private static SessionCommit WithdrawCommit =>
        Commit with
        {
            Settled = [new("queued-1", RunStatus.Failed, "aborted", "gone")],
        };

    private static SessionCommit Wait(string runId, DoubleTexting policy) =>
        Commit with
        {
            Enqueue = new()
            {
                Session = Key,
                RunId = runId,
                Policy = policy,
                RequestId = "request-" + runId,
                BodyHash = "hash",
                Server = "support",
                TraceParent = "00-trace",
                Messages = [AgentMessage.FromUser("two")],
                StateChange = Json("""{"a":1}"""),
                CreatedAt = Start,
            },
        };
}
