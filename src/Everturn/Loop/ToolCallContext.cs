using System.Text.Json;
using Everturn.Agents;
using Everturn.Sessions;
using Everturn.State;
using Everturn.Streaming;
using Everturn.Usage;

namespace Everturn.Loop;

/// <summary>The context of one attempt of a tool call: sees committed state, stages its own changes.</summary>
/// <param name="execution">The run.</param>
/// <param name="call">The call.</param>
/// <param name="events">Where its events go.</param>
/// <param name="services">Services of the call's own scope.</param>
/// <param name="time">The clock.</param>
internal sealed class ToolCallContext(
    RunExecution execution,
    ToolCallRecord call,
    DeltaFlusher events,
    IServiceProvider services,
    TimeProvider time
) : ToolContext
{
    private readonly Lock _lock = new();
    private readonly List<JsonPatchOperation> _staged = [];
    private readonly List<UsageEntry> _usage = [];
    private JsonElement _state = execution.Conversation.State;

    public override SessionKey Session => execution.Run.Session;

    public override string RunId => execution.Run.RunId;

    public override string AgentType => execution.Run.AgentType;

    public override int Step => call.Step;

    public override string ToolCallId => call.ToolCallId;

    public override string IdempotencyKey => call.IdempotencyKey;

    public override int Attempt => call.Attempt;

    public override string? UserId => execution.UserId;

    public override IServiceProvider Services => services;

    /// <summary>The changes so far.</summary>
    public IReadOnlyList<JsonPatchOperation> Staged
    {
        get
        {
            lock (_lock)
            {
                return [.. _staged];
            }
        }
    }

    /// <summary>The usage recorded so far.</summary>
    public IReadOnlyList<UsageEntry> Usage
    {
        get
        {
            lock (_lock)
            {
                return [.. _usage];
            }
        }
    }

    public override TState GetState<TState>(StateKey<TState> key)
    {
        ArgumentNullException.ThrowIfNull(key);
        lock (_lock)
        {
            return key.Read(Current(key));
        }
    }

    public override void UpdateState<TState>(StateKey<TState> key, Func<TState, TState> change)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(change);
        lock (_lock)
        {
            // Compared as written both times: a state that mutates in place is seen as well as one that is replaced.
            var before = key.Write(key.Read(Current(key)));
            var after = key.Write(change(key.Read(before)));
            _staged.AddRange(JsonDiff.Compute(Current(key), after));
            _state = after;
        }
    }

    public override void Emit(string name, JsonElement? data = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        events.Add(execution.Chunks.Custom(call.Step, name, data));
    }

    public override void RecordUsage(string type, double amount)
    {
        ArgumentException.ThrowIfNullOrEmpty(type);
        lock (_lock)
        {
            _usage.Add(
                new()
                {
                    Id = ServerId.New(time),
                    RunId = RunId,
                    Timestamp = time.GetUtcNow(),
                    StepCount = call.Step,
                    Source = "tool",
                    Kind = "custom",
                    Name = type,
                    Amount = amount,
                }
            );
        }
    }

    private JsonElement Current(StateKey key) => _state.ValueKind == JsonValueKind.Undefined ? key.Initial() : _state;
}
