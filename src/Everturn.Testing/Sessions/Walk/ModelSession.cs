using Everturn.Sessions;
using Everturn.Streaming;
using Everturn.Usage;

namespace Everturn.Testing.Sessions.Walk;

/// <summary>A session of the reference model: everything that ever happened, in plain lists.</summary>
internal sealed class ModelSession
{
    public required SessionKey Key { get; init; }

    public required string Agent { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string? Title { get; set; }

    public string? UserId { get; set; }

    public IReadOnlyList<string> Tags { get; set; } = [];

    public IReadOnlyDictionary<string, string> Metadata { get; set; } = new Dictionary<string, string>();

    public DateTimeOffset? ExpiresAt { get; set; }

    public DateTimeOffset? DeletedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public SessionStatus Status { get; set; } = SessionStatus.Active;

    public StreamStatus Stream { get; set; } = StreamStatus.Active;

    public long Version { get; set; }

    public int Turn { get; set; }

    public int Ordinal { get; set; }

    public int Steps { get; set; }

    public long LastSequence { get; set; }

    public List<ModelRun> Runs { get; } = [];

    public List<AgentMessage> Messages { get; } = [];

    public List<VoidedMessage> Voided { get; } = [];

    public List<PendingCallRecord> PendingCalls { get; } = [];

    /// <summary>The same as they are listed: with what the session says now.</summary>
    public IEnumerable<PendingCallRecord> ListedCalls =>
        PendingCalls.Select(call => call with { AgentType = Agent, UserId = UserId });

    public List<StoredChunk> Chunks { get; } = [];

    public List<ToolCallRecord> ToolCalls { get; } = [];

    public List<CheckpointRecord> Checkpoints { get; } = [];

    public List<UsageEntry> Usage { get; } = [];

    public ReadOnlyMemory<byte> State { get; set; }

    public ModelRun? Current => Runs.LastOrDefault();

    public SessionRecord ToRecord() =>
        new()
        {
            Key = Key,
            AgentType = Agent,
            Title = Title,
            UserId = UserId,
            Tags = Tags,
            Metadata = Metadata,
            Status = Status,
            MessageCount = Messages.Count,
            FirstSequence = Chunks.Count == 0 ? LastSequence + 1 : Chunks[0].Sequence,
            LastSequence = LastSequence,
            RunOrdinal = Ordinal,
            Turn = Turn,
            CurrentRunId = Current?.Id,
            StepCount = Steps,
            Version = Version,
            CreatedAt = CreatedAt,
            UpdatedAt = UpdatedAt,
            ExpiresAt = ExpiresAt,
        };
}
