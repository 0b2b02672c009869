using System.Text.Json;
using Everturn.Agents;
using Everturn.Loop.Hooks;
using Everturn.Sessions;

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
    /// <summary>The call.</summary>
    public ToolCallRecord Call => call;

    /// <summary>What the call and its hooks changed and used so far.</summary>
    public StagedChanges Changes { get; } = new(execution.Conversation.State);

    public override SessionKey Session => execution.Run.Session;

    public override string RunId => execution.Run.RunId;

    public override string AgentType => execution.Run.AgentType;

    public override int Step => call.Step;

    public override string ToolCallId => call.ToolCallId;

    public override string IdempotencyKey => call.IdempotencyKey;

    public override int Attempt => call.Attempt;

    public override string? UserId => execution.Session.UserId;

    public override IServiceProvider Services => services;

    public override TState GetState<TState>(StateKey<TState> key) => Changes.Get(key);

    public override void UpdateState<TState>(StateKey<TState> key, Func<TState, TState> change) =>
        Changes.Update(key, change);

    public override void Emit(string name, JsonElement? data = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        EmitEncoded(execution.Chunks.Custom(call.Step, name, data));
    }

    /// <summary>Emits a chunk that is ready for the store.</summary>
    public void EmitEncoded(ReadOnlyMemory<byte> chunk) => events.Add(chunk);

    public override void RecordUsage(string type, double amount)
    {
        ArgumentException.ThrowIfNullOrEmpty(type);
        Changes.Record(
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
