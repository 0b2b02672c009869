using Everturn.Sessions;
using Everturn.Storage;

namespace Everturn.Testing.Sessions.Walk;

/// <summary>A run of the reference model.</summary>
internal sealed class ModelRun
{
    public required string Id { get; init; }

    public required NewRun Given { get; init; }

    public required int Ordinal { get; init; }

    public required int Turn { get; init; }

    public required string InstanceId { get; init; }

    public required long StartSequence { get; init; }

    public required int StartMessageCount { get; init; }

    public required int InputMessageCount { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public RunStatus Status { get; set; } = RunStatus.Running;

    public bool IsRunning => Status == RunStatus.Running;

    public string? Reason { get; set; }

    public ReadOnlyMemory<byte> StartState { get; set; }

    public SuspensionRecord? Suspension { get; set; }

    public ReadOnlyMemory<byte>? Output { get; set; }

    public long? EndSequence { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public Fence? Owner { get; set; }

    public int ClaimCount { get; set; }

    public int Steps { get; set; }

    public bool RequestIsKnown { get; set; }

    public List<CommandRecord> Commands { get; } = [];

    public int CommandRevision => Commands.Count;

    public RunRecord ToRecord(ModelSession session) =>
        new()
        {
            Session = session.Key,
            RunId = Id,
            Ordinal = Ordinal,
            Turn = Turn,
            Trigger = Given.Trigger,
            ParentRunId = Given.ParentRunId,
            RequestId = Given.RequestId,
            BodyHash = Given.BodyHash,
            InstanceId = InstanceId,
            AgentType = session.Agent,
            Runtime = Given.Runtime,
            Status = Status,
            Reason = Reason,
            Output = Output,
            StartSequence = StartSequence,
            EndSequence = EndSequence,
            StartMessageCount = StartMessageCount,
            InputMessageCount = InputMessageCount,
            StepCount = Steps,
            Owner = Owner,
            ClaimCount = ClaimCount,
            CommandRevision = CommandRevision,
            CreatedAt = CreatedAt,
            StartedAt = StartedAt,
            EndedAt = EndedAt,
        };
}
