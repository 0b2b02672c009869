using System.Text;
using Everturn.Agents;
using Everturn.Sessions;
using Everturn.Storage;
using Everturn.Usage;

namespace Everturn.StatefulAgents.Tests.Sessions;

/// <summary>Commits of one short conversation.</summary>
internal static class Conversation
{
    public static readonly SessionKey Key = new("s-1");
    private static readonly DateTimeOffset At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static SessionCommit Start(NodeIdentity? owner = null) =>
        new()
        {
            Session = Key,
            Kind = CommitKind.RunStart,
            At = At,
            NewSession = new() { AgentType = "desk" },
            NewRun = new()
            {
                RunId = "r-1",
                Trigger = RunTrigger.Execute,
                Runtime = "agent-server",
                Owner = owner,
            },
            Messages = [AgentMessage.FromUser("hello")],
        };

    public static SessionCommit Say(string text) =>
        new()
        {
            Session = Key,
            Kind = CommitKind.DeltaFlush,
            At = At,
            RunId = "r-1",
            Step = 1,
            Chunks = [Encoding.UTF8.GetBytes($$"""{"type":"text_delta","delta":"{{text}}"}""")],
        };

    /// <summary>A message that waits for the run.</summary>
    public static SessionCommit Wait() =>
        new()
        {
            Session = Key,
            Kind = CommitKind.RunQueue,
            At = At,
            Enqueue = new()
            {
                Session = Key,
                RunId = "r-2",
                Policy = DoubleTexting.Enqueue,
                Messages = [AgentMessage.FromUser("and then")],
                CreatedAt = At,
            },
        };

    public static UsageEntry Usage() =>
        new()
        {
            Id = "u-1",
            Timestamp = At,
            RunId = "r-1",
            Kind = "tokens",
            Tokens = new TokenUsage
            {
                Prompt = 10,
                Completion = 5,
                Total = 15,
            },
        };
}
