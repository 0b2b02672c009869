using System.Text.Json;
using Everturn.Agents;
using Everturn.Loop.Holding;
using Everturn.Sessions;
using Everturn.Sessions.Storage;
using Everturn.State;
using Everturn.Storage;
using Everturn.Usage;

namespace Everturn.Loop;

/// <summary>The contents of a run's commits: M, T and the end of the run. Effects are elsewhere.</summary>
/// <param name="execution">The run.</param>
/// <param name="journal">For the frame of a commit.</param>
/// <param name="time">The clock.</param>
internal sealed class RunCommits(RunExecution execution, RunJournal journal, TimeProvider time)
{
    /// <summary>Whether the run is to stop, even where its work is complete.</summary>
    public bool IsStopped => execution.StopCommand is not null;

    /// <summary>M: the model's message, its calls and usage, before any tool starts.</summary>
    /// <param name="reply">The model's answer.</param>
    /// <param name="deltas">Its chunks that are not stored yet.</param>
    /// <param name="gates">Whether its calls may be executed, in their order.</param>
    /// <param name="begins">Whether they are begun right after it. Else each is recorded when it begins.</param>
    public SessionCommit Model(
        ModelReply reply,
        IReadOnlyList<ReadOnlyMemory<byte>> deltas,
        IReadOnlyList<CallGate> gates,
        bool begins
    )
    {
        var calls = reply.Calls.Select((call, index) => Record(call, index, gates[index], begins)).ToList();
        var commit = journal.New(CommitKind.StepModel) with
        {
            ToolCalls = calls,
            Chunks =
            [
                .. deltas,
                .. reply.Calls.Select(
                    (call, index) => execution.Chunks.ToolStart(execution.Step, call, calls[index].Sensitive)
                ),
                .. calls.Where(call => call.Status.HasOutcome).Select(execution.Chunks.ToolEnd),
            ],
        };
        return WithReply(commit, reply);
    }

    /// <summary>What the hooks at the run's start staged, where no model call follows that it could be stored with.</summary>
    public SessionCommit? Started()
    {
        var commit = WithStaged(journal.New(CommitKind.StepModel) with { Chunks = [.. execution.StartEvents] });
        return CommitShape.HasOtherEffect(commit) ? commit : null;
    }

    /// <summary>The intent to make calls whose intent did not ride with the model's message.</summary>
    public SessionCommit Intent(IReadOnlyList<ToolCallRecord> calls) =>
        journal.New(CommitKind.ToolIntent) with
        {
            ToolCalls = calls,
            Chunks = [.. Ends(calls)],
        };

    /// <summary>The outcome of one of several parallel calls.</summary>
    public SessionCommit Outcome(ToolOutcome outcome) =>
        journal.New(CommitKind.ToolOutcome) with
        {
            ToolCalls = [outcome.Call],
            Chunks = outcome.Chunks,
            Usage = outcome.Usage,
        };

    /// <summary>
    /// The end of the run at calls that wait for somebody outside: the suspension, and a row for each call that is not
    /// asked about yet.
    /// </summary>
    /// <param name="calls">All calls of the step.</param>
    /// <param name="changed">Those that are not stored as they are.</param>
    /// <param name="last">An outcome that rides along.</param>
    /// <param name="resumesItself">Whether the last answer resumes the run.</param>
    public SessionCommit Suspension(
        IReadOnlyList<ToolCallRecord> calls,
        IReadOnlyList<ToolCallRecord> changed,
        ToolOutcome? last,
        bool resumesItself
    )
    {
        var now = time.GetUtcNow();
        var waiting = calls.Where(call => call.Status.IsHeld).ToList();
        var asked = waiting
            .Where(call => HeldCalls.Find(execution.Asked, call) is null)
            .Select(call =>
                HeldCalls.Ask(call, execution.Agent.Tools.GetValueOrDefault(call.ToolName), ServerId.New(time), now)
            )
            .ToList();
        // What was there from the start is what answers to its siblings left over.
        var kind = execution.Asked.Count > 0 ? RunStatus.SuspendedStepPartial : RunStatus.SuspendedClientTool;
        var ids = waiting.Select(call => call.ToolCallId).ToList();
        return journal.New(CommitKind.RunSuspend) with
        {
            ToolCalls = last is null ? changed : [.. changed, last.Call],
            Usage = last?.Usage ?? [],
            PendingCalls = asked,
            Suspension = new()
            {
                RunId = execution.Run.RunId,
                Kind = kind,
                Step = execution.Step,
                ToolCallIds = ids,
                ExpiresAt = execution.Asked.Concat(asked).Min(call => call.ExpiresAt),
                ResumesItself = resumesItself,
            },
            RunChange = new() { Status = kind, SeenCommandRevision = execution.SeenCommandRevision },
            Chunks =
            [
                .. Ends(changed),
                .. last?.Chunks ?? [],
                .. asked
                    .Where(call => call.Kind != PendingCallKind.Client)
                    .Select(call => execution.Chunks.ApprovalRequest(execution.Step, call)),
                execution.Chunks.Suspended(execution.Step, kind, ids),
                execution.Chunks.RunPaused(execution.Step, kind),
            ],
        };
    }

    /// <summary>T: the results of all calls, merged state, checkpoint. The last outcome rides along.</summary>
    public SessionCommit Tools(IReadOnlyList<ToolCallRecord> calls, ToolOutcome? last)
    {
        var merged = StateMerge.Merge(CurrentState(), calls.Select(call => PatchJson.Read(call.StagedChange)).ToList());
        var commit = journal.New(CommitKind.StepCommit) with
        {
            Messages = [.. calls.Select(Result), .. EditedCalls.Notices(calls, execution)],
            ToolCalls = last is null ? [] : [last.Call],
            Usage = last?.Usage ?? [],
            State = merged.Changed,
        };
        var chunks = new List<ReadOnlyMemory<byte>>(last?.Chunks ?? []);
        if (merged.HasChanges)
        {
            chunks.Add(execution.Chunks.StatePatch(execution.Step, merged.Operations));
        }

        foreach (var warning in merged.Warnings)
        {
            chunks.Add(execution.Chunks.Custom(execution.Step, "state_merge_warning", JsonBytes.String(warning)));
        }

        return commit with
        {
            Chunks = chunks,
        };
    }

    /// <summary>What is left of a run that ends with open calls: those with an answer get it, the others none of their own.</summary>
    public SessionCommit Closed()
    {
        var closed = OpenStep.Close(
            execution.OpenCalls,
            execution.Asked,
            execution.Run,
            JsonBytes.Write(execution.Conversation.State),
            execution.Agent,
            time
        );
        return journal.New(CommitKind.RunEnd) with
        {
            State = closed?.State,
            ToolCalls = closed?.Calls ?? [],
            Messages = closed?.Results ?? [],
            Chunks = closed?.Chunks ?? [],
        };
    }

    /// <summary>Adds a reply's message and usage to a commit, and what hooks staged beside it.</summary>
    public SessionCommit WithReply(SessionCommit commit, ModelReply reply)
    {
        var message = reply.ToMessage(execution.Run.RunId, time.GetUtcNow());
        return WithStaged(
            commit with
            {
                Messages = message is null ? commit.Messages : [message, .. commit.Messages],
                Usage = reply.Tokens is null ? commit.Usage : [Tokens(reply), .. commit.Usage],
            }
        );
    }

    /// <summary>Makes a commit the end of its step: a checkpoint, and the mark that its chunks are final.</summary>
    public SessionCommit WithStepEnd(SessionCommit commit, RunStatus status)
    {
        var checkpoint = new CheckpointRecord
        {
            CheckpointId = CheckpointId.New(
                execution.Run.Session.SessionId,
                execution.SessionStepCount + 1,
                time.GetUtcNow()
            ),
            RunId = execution.Run.RunId,
            StepCount = execution.SessionStepCount + 1,
            State = commit.State ?? JsonBytes.Write(execution.Conversation.State),
            Status = status,
            CreatedAt = time.GetUtcNow(),
        };
        return commit with
        {
            Checkpoint = checkpoint,
            Chunks =
            [
                .. commit.Chunks,
                execution.Chunks.CheckpointCreated(execution.Step, checkpoint.CheckpointId),
                execution.Chunks.StepCommitted(execution.Step),
            ],
        };
    }

    /// <summary>Makes a commit the successful end of the run.</summary>
    public SessionCommit WithCompletion(SessionCommit commit, JsonElement output) =>
        commit with
        {
            Kind = CommitKind.RunEnd,
            RunChange = new()
            {
                Status = RunStatus.Completed,
                Output = JsonBytes.Write(output),
                SeenCommandRevision = execution.SeenCommandRevision,
            },
            Chunks = [.. commit.Chunks, execution.Chunks.Output(execution.Step, output)],
            PendingCalls = Withdrawn(),
        };

    /// <summary>Makes a commit the end of the run by the command that it was given.</summary>
    /// <param name="commit">The commit.</param>
    /// <param name="endsStep">Whether it ends a step too.</param>
    public SessionCommit WithStop(SessionCommit commit, bool endsStep)
    {
        var (change, chunk) = RunEnding.Of(execution.StopCommand!, execution.Step, execution.Chunks);
        var step = endsStep ? WithStepEnd(commit, change.Status!.Value) : commit;
        return step with
        {
            Kind = CommitKind.RunEnd,
            RunChange = change with { SeenCommandRevision = execution.SeenCommandRevision },
            Chunks = [.. step.Chunks, chunk],
            PendingCalls = Withdrawn(),
        };
    }

    /// <summary>Makes a commit the failure of the run.</summary>
    public SessionCommit WithFailure(SessionCommit commit, string reason, string error) =>
        commit with
        {
            Kind = CommitKind.RunEnd,
            RunChange = new()
            {
                Status = RunStatus.Failed,
                Reason = reason,
                Error = error,
                SeenCommandRevision = execution.SeenCommandRevision,
            },
            Chunks = [.. commit.Chunks, execution.Chunks.Error(execution.Step, error, reason, recoverable: false)],
        };

    private IEnumerable<ReadOnlyMemory<byte>> Ends(IReadOnlyList<ToolCallRecord> calls) =>
        calls.Where(call => call.Status.HasOutcome).Select(execution.Chunks.ToolEnd);

    private IReadOnlyList<PendingCallRecord> Withdrawn() => HeldCalls.Withdraw(execution.Asked, time.GetUtcNow());

    /// <summary>The tool message that answers a call.</summary>
    public static AgentMessage Result(ToolCallRecord call)
    {
        var result = JsonBytes.Parse(call.Result);
        return new()
        {
            Role = MessageRole.Tool,
            ToolCallId = call.ToolCallId,
            ToolName = call.ToolName,
            Content = result.ValueKind == JsonValueKind.String ? result.GetString() : result.GetRawText(),
            IsError = call.Status != ToolCallStatus.Succeeded,
            RunId = call.RunId,
            CreatedAt = call.EndedAt,
        };
    }

    private SessionCommit WithStaged(SessionCommit commit)
    {
        var staged = execution.Staged;
        var changes = staged.Operations;
        var used = commit with { Usage = [.. commit.Usage, .. staged.Usage] };
        return changes.Count == 0
            ? used
            : used with
            {
                State = JsonBytes.Write(staged.State),
                Chunks = [.. commit.Chunks, execution.Chunks.StatePatch(execution.Step, changes)],
            };
    }

    private JsonElement CurrentState()
    {
        var state = execution.Conversation.State;
        return state.ValueKind != JsonValueKind.Undefined
            ? state
            : execution.Agent.State?.Initial() ?? JsonBytes.EmptyObject;
    }

    private ToolCallRecord Record(ToolCall call, int index, CallGate gate, bool begins)
    {
        var record = Record(call, index);
        return gate.IsHeld ? record with { Status = ToolCallStatus.Waiting, Attempt = 0 }
            : gate.Refusal is { } why
                ? record with
                {
                    Status = ToolCallStatus.Failed,
                    Attempt = 0,
                    Result = JsonBytes.Write(JsonBytes.String(why)),
                    EndedAt = record.CreatedAt,
                }
            : begins ? record
            : record with { Status = ToolCallStatus.Pending, Attempt = 0 };
    }

    private ToolCallRecord Record(ToolCall call, int index)
    {
        execution.Agent.Tools.TryGetValue(call.Name, out var tool);
        var effect = tool?.Effect ?? ToolEffect.Idempotent;
        return new()
        {
            RunId = execution.Run.RunId,
            Step = execution.Step,
            Index = index,
            ToolCallId = call.Id,
            ToolName = call.Name,
            Arguments = JsonBytes.Write(call.Arguments),
            IdempotencyKey = IdempotencyKey.Of(
                execution.Run.Session,
                execution.Run.RunId,
                execution.Step,
                index,
                call.Id
            ),
            Effect = effect switch
            {
                ToolEffect.Keyed => "keyed",
                ToolEffect.AtMostOnce => ToolCallEffects.AtMostOnce,
                _ => "idempotent",
            },
            // M is durable before any tool starts, so it can carry the intent of those that need one.
            Status = effect == ToolEffect.Idempotent ? ToolCallStatus.Pending : ToolCallStatus.Started,
            Attempt = 1,
            Sensitive = tool?.Sensitive ?? false,
            CreatedAt = time.GetUtcNow(),
        };
    }

    private UsageEntry Tokens(ModelReply reply) =>
        new()
        {
            Id = ServerId.New(time),
            RunId = execution.Run.RunId,
            Timestamp = time.GetUtcNow(),
            StepCount = execution.Step,
            Source = "agent",
            Kind = "tokens",
            Name = reply.ModelId,
            Provider = reply.Provider,
            Tokens = reply.Tokens,
            Duration = reply.Duration,
            Success = true,
        };
}
