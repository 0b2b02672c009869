using System.Text.Json;
using Everturn.Sessions;
using Everturn.Storage;
using Everturn.Usage;
using static Everturn.Sqlite.Tests.Sessions.SessionStoreHarness;

namespace Everturn.Sqlite.Tests.Sessions;

/// <summary>Commits that fill every column of every table once. Golden files hold what they left; never change them.</summary>
internal static class GoldenContent
{
    public const string RunId = "01900000-0000-7000-8000-000000000001";

    public static readonly SessionKey GoldenKey = new("tenant", "golden");
    public static readonly NodeIdentity Node = new("golden-node", 1);
    public static readonly DateTimeOffset Ends = Start + TimeSpan.FromDays(3650);

    public static AgentMessage[] StartMessages { get; } =
    [
        new()
        {
            Role = MessageRole.User,
            Content = "grüße <b>\n\"x\"",
            Metadata = new Dictionary<string, JsonElement> { ["hidden"] = JsonElement.Parse("true") },
            Files = [new MessageFile("data:text/plain,x", "text/plain", "x.txt")],
        },
        new() { Role = MessageRole.User, Content = new string('l', 20_000) },
    ];

    public static AgentMessage[] StepMessages { get; } =
    [
        new()
        {
            Role = MessageRole.Assistant,
            Content = "I look.",
            Thinking = "hm",
            ThinkingSignature = "sig",
            ToolCalls = [new ToolCall("call-1", "search", JsonElement.Parse("""{"q":1}"""))],
            Partial = true,
        },
        new()
        {
            Role = MessageRole.Tool,
            Content = "none",
            ToolCallId = "call-1",
            ToolName = "search",
            IsError = true,
        },
    ];

    public static ToolCallRecord Call { get; } =
        new()
        {
            RunId = RunId,
            Step = 1,
            Index = 0,
            ToolCallId = "call-1",
            ToolName = "search",
            Arguments = Json("""{"q":1}"""),
            IdempotencyKey = "key-1",
            Effect = "keyed",
            Status = new ToolCallStatus("from_a_newer_version"),
            Attempt = 2,
            Result = Json("\"none\""),
            StagedChange = Json("""[{"op":"add","path":"/a","value":1}]"""),
            Sensitive = true,
            CreatedAt = Start,
            EndedAt = Start,
        };

    public static UsageEntry[] UsageEntries { get; } =
    [
        new()
        {
            Id = "u-1",
            RunId = RunId,
            Timestamp = Start,
            StepCount = 1,
            Kind = "tokens",
            Name = "model",
            Provider = "vendor",
            Tokens = new TokenUsage
            {
                Prompt = 5,
                Completion = 4,
                Reasoning = 3,
                Cached = 2,
                Total = 9,
            },
            Duration = TimeSpan.FromTicks(12_345),
            Success = true,
        },
        new()
        {
            Id = "u-2",
            RunId = RunId,
            Timestamp = Start,
            Source = "tool",
            Kind = "custom",
            Name = "pages",
            Amount = 1.5,
        },
    ];

    public static SessionCommit[] Commits => [StartCommit, CommandCommit, StepCommit, SuspendCommit];

    private static SessionCommit StartCommit =>
        new()
        {
            Session = GoldenKey,
            Kind = CommitKind.RunStart,
            At = Start,
            NewSession = new NewSession
            {
                AgentType = "assistant",
                Title = "Titel",
                UserId = "user",
                Tags = ["blue", "rot"],
                Metadata = new Dictionary<string, string> { ["k"] = "v" },
                RootSessionId = "root",
                ParentSessionId = "parent",
                ForkedFrom = "other#cp",
                ExpiresAt = Ends,
            },
            NewRun = new NewRun
            {
                RunId = RunId,
                Trigger = RunTrigger.Execute,
                ParentRunId = "parent-run",
                RequestId = "request",
                BodyHash = "hash",
                DefinitionVersion = "v1",
                Runtime = "workflow",
                Server = "support",
                Owner = Node,
                WorkflowName = "agent-run",
                Deadline = Ends,
                TraceParent = "00-trace",
            },
            Messages = StartMessages,
            Chunks = [Json("""{"type":"from_a_newer_version"}"""), Json("""{"type":"text_delta"}""")],
        };

    private static SessionCommit CommandCommit =>
        new()
        {
            Session = GoldenKey,
            Kind = CommitKind.Command,
            At = Start,
            Command = new CommandRecord
            {
                Session = GoldenKey,
                RunId = RunId,
                Kind = CommandKind.Steer,
                Reason = "because",
                Content = Json("\"left\""),
                CreatedAt = Start,
            },
        };

    private static SessionCommit StepCommit =>
        Work(CommitKind.StepCommit) with
        {
            Messages = StepMessages,
            ToolCalls = [Call],
            State = Json("""{"a":1}"""),
            Chunks = [Json("""{"type":"step_committed"}""")],
            Usage = UsageEntries,
            Checkpoint = new CheckpointRecord
            {
                CheckpointId = "cp-1",
                RunId = RunId,
                StepCount = 1,
                State = Json("""{"a":1}"""),
                Status = RunStatus.Running,
                CreatedAt = Start,
            },
        };

    private static SessionCommit SuspendCommit =>
        Work(CommitKind.RunEnd) with
        {
            RunChange = new RunChange
            {
                Status = RunStatus.SuspendedClientTool,
                Reason = "waits",
                Error = "none really",
                Output = Json("\"partly\""),
            },
            Suspension = new SuspensionRecord
            {
                RunId = RunId,
                Kind = RunStatus.SuspendedClientTool,
                Step = 2,
                ToolCallIds = ["call-2"],
                ChildSessionIds = ["child"],
                ExpiresAt = Ends,
                ResumesItself = true,
            },
            PendingCalls =
            [
                new PendingCallRecord
                {
                    ApprovalId = "approval",
                    RunId = RunId,
                    ToolCallId = "call-2",
                    ToolName = "send",
                    Kind = "approval",
                    Arguments = Json("{}"),
                    ArgumentsHash = "44136f",
                    Response = Json("\"yes\""),
                    DecidedBy = "somebody",
                    RequestedAt = Start,
                    ExpiresAt = Ends,
                    DecidedAt = Ends,
                    Reason = "because",
                    GrantedUntil = Ends,
                    OnExpiry = ExpiryOutcome.Error,
                    Sensitive = true,
                    Workflow = "onboarding",
                    InstanceId = "instance",
                },
            ],
        };

    private static SessionCommit Work(CommitKind kind) =>
        new()
        {
            Session = GoldenKey,
            Kind = kind,
            At = Start + TimeSpan.FromSeconds(1),
            RunId = RunId,
            Fence = new Fence(Node, 1),
            Step = 1,
        };
}
