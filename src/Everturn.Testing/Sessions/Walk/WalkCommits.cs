using Everturn.Sessions;
using Everturn.Storage;

namespace Everturn.Testing.Sessions.Walk;

/// <summary>Turns a step's numbers into a commit that mostly fits what is there, and sometimes does not.</summary>
internal sealed class WalkCommits(WalkStep step, int number, SessionKey key, ModelSession? session, WalkNodes nodes)
{
    private static readonly RunStatus[] Ends =
    [
        RunStatus.Completed,
        RunStatus.Interrupted,
        RunStatus.Failed,
        RunStatus.SuspendedClientTool,
        RunStatus.SuspendedAwaitingChildren,
        new("hibernating"),
    ];

    private static readonly RunStatus[] Resumable =
    [
        RunStatus.Interrupted,
        RunStatus.SuspendedClientTool,
        RunStatus.SuspendedAwaitingChildren,
    ];

    private static readonly CommandKind[] Commands = [CommandKind.Interrupt, CommandKind.Abort, CommandKind.Steer];

    private int A => step.A;

    private int B => step.B;

    private ModelRun? Run => session?.Runs.LastOrDefault();

    private SessionCommit Base =>
        new()
        {
            Session = key,
            Kind = CommitKind.SessionUpdate,
            At = WalkRun.TimeOf(number),
        };

    private ReadOnlyMemory<byte>[] Chunks(int count) =>
        [.. Enumerable.Range(0, count).Select(index => Sample.Chunk($"{number}-{index}"))];

    public SessionCommit Start() =>
        Base with
        {
            NewSession = new()
            {
                AgentType = A % 10 == 0 ? "other" : Sample.Agent,
                Title = $"title {number}",
                UserId = A % 3 == 0 ? $"user-{A % 2}" : null,
                Tags = A % 4 == 0 ? [$"tag-{B % 2}"] : null,
                ExpiresAt = A % 11 == 0 ? WalkRun.TimeOf(number).AddHours(1) : null,
            },
            NewRun = new()
            {
                RunId = $"run-{number}",
                Trigger = RunTrigger.Execute,
                Runtime = Sample.Runtime,
                Owner = A % 4 == 0 ? null : nodes.Pick(B),
                RequestId = B % 3 == 0 ? $"request-{B % 4}" : null,
                BodyHash = $"hash-{A % 2}",
                WorkflowName = B % 2 == 0 ? "agent" : null,
            },
            ExpectedStatuses =
                A % 5 == 0 ? [SessionStatus.Completed, SessionStatus.Failed, SessionStatus.Interrupted] : null,
            Messages = [AgentMessage.FromUser($"message {number}")],
            Chunks = Chunks(A % 3),
        };

    public SessionCommit Continue() =>
        Base with
        {
            RunId = B % 3 == 0 ? Run?.Id : null,
            NewRun = new()
            {
                RunId = $"run-{number}",
                Trigger = A % 2 == 0 ? RunTrigger.Resume : RunTrigger.Retry,
                ParentRunId = B % 4 == 0 ? null : Run?.Id,
                Runtime = Sample.Runtime,
                Owner = nodes.Pick(B),
            },
            ExpectedVersion = A % 7 == 0 ? session?.Version : null,
        };

    /// <summary>A run that goes on from an earlier place.</summary>
    public SessionCommit GoBack()
    {
        var kept = B % (1 + (session?.Messages.Count ?? 0));
        return Continue() with
        {
            ExpectedVersion = A % 5 == 0 ? 7 : session?.Version ?? 0,
            Rewind = new(kept),
            Messages = A % 3 == 0 ? [AgentMessage.FromUser($"instead {number}")] : [],
            State = A % 4 == 0 ? ReadOnlyMemory<byte>.Empty : Sample.Json($"state {number}"),
            Chunks = Chunks(1),
        };
    }

    /// <summary>The end of a run that nobody executes.</summary>
    public SessionCommit Stop() =>
        Base with
        {
            RunId = B % 7 == 0 ? "unknown" : Run?.Id ?? "unknown",
            RunChange = new()
            {
                From = A % 3 == 0 ? [RunStatus.SuspendedClientTool] : Resumable,
                Status = B % 2 == 0 ? RunStatus.Failed : RunStatus.Interrupted,
                Reason = $"stopped {number}",
            },
            Chunks = Chunks(1),
            PendingCalls = A % 2 == 0 ? [Pending(Run?.Id ?? "unknown", PendingCallStatus.Withdrawn)] : [],
            ExpectedVersion = B % 3 == 0 ? session?.Version : null,
        };

    public SessionCommit Work()
    {
        var runId = B % 10 == 0 ? session?.Runs.FirstOrDefault()?.Id ?? "unknown" : Run?.Id ?? "unknown";
        return Base with
        {
            RunId = runId,
            Fence = (A % 6) switch
            {
                0 => null,
                1 => Run?.Owner is { } owner ? owner with { OwnerEpoch = owner.OwnerEpoch + 1 } : null,
                _ => Run?.Owner,
            },
            Chunks = Chunks(A % 4),
            Messages = [.. Enumerable.Range(0, B % 3).Select(index => AgentMessage.FromUser($"{number}-{index}"))],
            ToolCalls = B % 2 == 0 ? [Call(runId)] : [],
            State = (A % 5) switch
            {
                0 => Sample.Json($"state {number}"),
                1 => ReadOnlyMemory<byte>.Empty,
                _ => default(ReadOnlyMemory<byte>?),
            },
            Usage = B % 5 == 0 ? [Sample.Tokens($"usage-{number}", runId, WalkRun.TimeOf(number), A, B)] : [],
            SessionChange = A % 9 == 0 ? new() { Title = $"title {number}" } : null,
            Checkpoint = A / 7 % 3 == 0 ? Checkpoint(runId) : null,
            PendingCalls = B % 6 == 1 ? [Pending(runId, PendingCallStatus.Pending)] : [],
            Outbox = B % 17 == 0 ? [Entry()] : [],
        };
    }

    public SessionCommit End() =>
        Work() with
        {
            Suspension = Ends[B % Ends.Length].IsSuspended ? Suspension(Ends[B % Ends.Length]) : null,
            RunChange = new()
            {
                Status = Ends[B % Ends.Length],
                Reason = A % 2 == 0 ? $"reason {number}" : null,
                Output = A % 3 == 0 ? Sample.Json($"output {number}") : default(ReadOnlyMemory<byte>?),
                SeenCommandRevision = (A % 3) switch
                {
                    0 => null,
                    1 => Run?.CommandRevision,
                    _ => 0,
                },
            },
        };

    public SessionCommit Claim() =>
        Base with
        {
            RunId = Run?.Id ?? "unknown",
            Claim = nodes.Pick(A),
            Chunks = Chunks(A % 2),
            RunChange = B % 4 == 0 ? new() { Status = RunStatus.Interrupted, Reason = RunReason.HostLost } : null,
        };

    public SessionCommit Command()
    {
        var runId = B % 4 == 0 ? session?.Runs.FirstOrDefault()?.Id ?? "unknown" : Run?.Id ?? "unknown";
        return Base with
        {
            RunId = B % 3 == 0 ? runId : null,
            Command = Sample.Command(key, runId, Commands[A % Commands.Length], WalkRun.TimeOf(number)),
            Messages = B % 7 == 0 ? [AgentMessage.FromUser($"{number}")] : [],
            ExpectedStatuses = B % 11 == 0 ? [SessionStatus.Completed] : null,
        };
    }

    public SessionCommit Change() =>
        Base with
        {
            NewSession =
                B % 2 == 0
                    ? new() { AgentType = B % 9 == 0 ? "other" : Sample.Agent, UserId = A % 2 == 0 ? "user" : null }
                    : null,
            SessionChange = new()
            {
                Title = A % 2 == 0 ? $"title {number}" : null,
                UserId = A % 3 == 0 ? "user-9" : null,
                Tags = A % 5 == 0 ? [] : null,
                Metadata = A % 4 == 0 ? new Dictionary<string, string> { ["k"] = $"{number}" } : null,
                ExpiresAt = A % 7 == 0 ? WalkRun.TimeOf(number).AddHours(1) : null,
            },
            ExpectedVersion = (B % 3) switch
            {
                0 => session?.Version ?? 0,
                1 => (session?.Version ?? 0) + 1,
                _ => null,
            },
        };

    private ToolCallRecord Call(string runId) =>
        Sample.ToolCall(
            runId,
            1 + (A % 3),
            B % 4 / 2,
            A % 2 == 0 ? ToolCallStatus.Pending : ToolCallStatus.Succeeded
        ) with
        {
            Result = Sample.Json($"result {number}"),
        };

    private SuspensionRecord Suspension(RunStatus kind) =>
        new()
        {
            RunId = Run?.Id ?? "unknown",
            Kind = kind,
            Step = 1 + (A % 3),
            ToolCallIds = A % 2 == 0 ? [$"call-{number}"] : [],
            ExpiresAt = A % 3 == 0 ? WalkRun.TimeOf(number) : null,
        };

    private PendingCallRecord Pending(string runId, PendingCallStatus status) =>
        new()
        {
            ApprovalId = $"approval-{A % 3}",
            RunId = runId,
            ToolCallId = $"call-{number}",
            ToolName = "send",
            Kind = "approval",
            Status = status,
            Arguments = Sample.Json($"arguments {number}"),
            ArgumentsHash = "hash",
            Response = status == PendingCallStatus.Pending ? default(ReadOnlyMemory<byte>?) : Sample.Json("no"),
            RequestedAt = WalkRun.TimeOf(number),
        };

    private CheckpointRecord Checkpoint(string runId) =>
        new()
        {
            CheckpointId = $"cp-{number}",
            RunId = runId,
            StepCount = 1,
            State = Sample.Json($"checkpoint {number}"),
            Status = RunStatus.Running,
            CreatedAt = WalkRun.TimeOf(number),
        };

    private OutboxEntry Entry() =>
        new()
        {
            Session = key,
            Kind = OutboxKind.StartInstance,
            InstanceId = $"instance-{number}",
            Token = "token",
            WorkflowName = "agent",
            Parameters = Sample.Json("parameters"),
        };
}
