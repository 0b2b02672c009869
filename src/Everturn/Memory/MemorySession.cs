using Everturn.Sessions;
using Everturn.Sessions.Storage;
using Everturn.Streaming;
using Everturn.Usage;

namespace Everturn.Memory;

/// <summary>A session with all its rows. A tombstone has none but <see cref="Record"/>.</summary>
internal sealed class MemorySession(SessionRecord record)
{
    public SessionRecord Record { get; set; } = record;

    public StreamStatus Stream { get; set; } = StreamStatus.Active;

    /// <summary>By ordinal.</summary>
    public List<MemoryRun> Runs { get; } = [];

    public Dictionary<string, MemoryRun> RunsById { get; } = [];

    public Dictionary<string, MemoryRun> RunsByRequest { get; } = [];

    public List<EncodedMessage> Messages { get; } = [];

    public List<VoidedMessage> Voided { get; } = [];

    /// <summary>The first one has number <see cref="SessionRecord.FirstSequence"/>.</summary>
    public List<ReadOnlyMemory<byte>> Chunks { get; } = [];

    public ReadOnlyMemory<byte> State { get; set; }

    /// <summary>Oldest first, with a number that never changes.</summary>
    public List<(long Number, CheckpointRecord Record)> Checkpoints { get; } = [];

    public Dictionary<(string RunId, int Step, int Index), ToolCallRecord> ToolCalls { get; } = [];

    /// <summary>By run.</summary>
    public Dictionary<string, SuspensionRecord> Suspensions { get; } = [];

    /// <summary>By approval id.</summary>
    public Dictionary<string, PendingCallRecord> PendingCalls { get; } = [];

    public List<UsageEntry> Usage { get; } = [];

    public MemoryQueue Queue { get; } = new();

    public IEnumerable<QueuedRun> Waiting => Record.QueuedRuns == 0 ? [] : Queue.Waiting;

    public MemoryRun? CurrentRun => Runs.Count == 0 ? null : Runs[^1];

    public bool IsDeleted => Record.DeletedAt is not null;

    /// <summary>Writes a plan's rows, except the outbox.</summary>
    public void Apply(CommitPlan plan, PreparedCommit prepared)
    {
        var commit = prepared.Commit;
        Queue.Apply(plan);
        Record = plan.Session!;
        Stream = plan.Stream;
        State = commit.State ?? State;
        if (plan.IsNewRun)
        {
            Add(new MemoryRun(plan.Run!, commit.NewRun!.WorkflowName) { StartState = State });
        }
        else if (plan.RunChanged)
        {
            CurrentRun!.Record = plan.Run!;
        }

        if (plan.VoidsMessages)
        {
            VoidMessages(plan, prepared.At);
        }

        Messages.AddRange(prepared.Messages);
        Chunks.AddRange(commit.Chunks);
        Usage.AddRange(commit.Usage);
        ApplyRunContent(plan, commit);
    }

    /// <summary>Chunks from a number on, with their numbers.</summary>
    public IReadOnlyList<StoredChunk> ReadChunks(long afterSequence, int limit)
    {
        var skip = Math.Max(afterSequence + 1 - Record.FirstSequence, 0);
        var count = (int)Math.Min(limit, Math.Max(Chunks.Count - skip, 0));
        var chunks = new StoredChunk[count];
        for (var index = 0; index < count; index++)
        {
            var place = (int)skip + index;
            chunks[index] = new(Record.FirstSequence + place, Chunks[place]);
        }

        return chunks;
    }

    /// <summary>Tool calls of a run after a step, in order.</summary>
    public IReadOnlyList<ToolCallRecord> ReadToolCalls(string runId, int afterStep) =>
        [
            .. ToolCalls
                .Values.Where(call => call.RunId == runId && call.Step > afterStep)
                .OrderBy(call => call.Step)
                .ThenBy(call => call.Index),
        ];

    /// <summary>Removes all chunks up to a number.</summary>
    /// <returns>How many went.</returns>
    public int TrimChunks(long upTo, int limit)
    {
        var count = (int)Math.Clamp(upTo + 1 - Record.FirstSequence, 0, limit);
        Chunks.RemoveRange(0, count);
        Record = Record with { FirstSequence = Record.FirstSequence + count };
        return count;
    }

    /// <summary>A run by its id, also one that waits or waited.</summary>
    public RunRecord? FindRun(string runId) =>
        RunsById.TryGetValue(runId, out var run) ? run.Record : Queue.Find(runId);

    /// <summary>The run that a request began, or is to begin.</summary>
    public RunRecord? FindRequest(string requestId) =>
        RunsByRequest.TryGetValue(requestId, out var run) ? run.Record : Queue.FindRequest(requestId);

    public void Remove(MemoryRun run)
    {
        Runs.Remove(run);
        RunsById.Remove(run.Record.RunId);
        Suspensions.Remove(run.Record.RunId);
        foreach (var call in ToolCalls.Keys.Where(call => call.RunId == run.Record.RunId).ToList())
        {
            ToolCalls.Remove(call);
        }

        foreach (var call in PendingCalls.Values.Where(call => call.RunId == run.Record.RunId).ToList())
        {
            PendingCalls.Remove(call.ApprovalId);
        }

        Checkpoints.RemoveAll(checkpoint => checkpoint.Record.RunId == run.Record.RunId);
    }

    private void VoidMessages(CommitPlan plan, DateTimeOffset at)
    {
        for (var position = plan.FirstMessage; position < Messages.Count; position++)
        {
            Voided.Add(new(MessageJson.Decode(Messages[position]), position, plan.Run!.RunId, at));
        }

        Messages.RemoveRange(plan.FirstMessage, Messages.Count - plan.FirstMessage);
        for (var index = 0; index < Checkpoints.Count; index++)
        {
            var (number, checkpoint) = Checkpoints[index];
            if (checkpoint.MessageCount > plan.FirstMessage)
            {
                Checkpoints[index] = (number, checkpoint with { IsVoided = true });
            }
        }
    }

    private void Add(MemoryRun run)
    {
        Runs.Add(run);
        RunsById.Add(run.Record.RunId, run);
        if (run.Record.RequestId is { } requestId)
        {
            RunsByRequest[requestId] = run;
        }
    }

    private void ApplyRunContent(CommitPlan plan, SessionCommit commit)
    {
        foreach (var call in commit.ToolCalls)
        {
            ToolCalls[(call.RunId, call.Step, call.Index)] = call;
        }

        foreach (var call in commit.PendingCalls)
        {
            PendingCalls[call.ApprovalId] = call with { Session = Record.Key };
        }

        if (plan.Command is { } command)
        {
            CurrentRun!.Commands.Add(command);
        }

        if (commit.Suspension is { } suspension)
        {
            Suspensions[suspension.RunId] = suspension;
        }

        if (plan.Checkpoint is { } checkpoint)
        {
            Checkpoints.Add((Checkpoints.Count == 0 ? 1 : Checkpoints[^1].Number + 1, checkpoint));
            CurrentRun!.CommittedSequence = checkpoint.Sequence;
        }
    }

    /// <summary>The sum of some usage entries.</summary>
    public UsageRollup Rollup(Func<UsageEntry, bool> which)
    {
        var totals = new UsageTotals();
        foreach (var entry in Usage.Where(which))
        {
            totals.Add(entry);
        }

        return totals.ToRollup(Record.AgentType);
    }
}
