using System.Text.Json;
using Everturn.Agents;
using Everturn.Sessions;

namespace Everturn.Loop.Hooks;

/// <summary>The scope of the hooks at one point of a step. What they change is staged; what they emit goes out at once.</summary>
/// <param name="execution">The run.</param>
/// <param name="staged">Where changes and usage go.</param>
/// <param name="emit">Where events go.</param>
/// <param name="time">The clock.</param>
internal sealed class StepHookScope(
    RunExecution execution,
    StagedChanges staged,
    Action<ReadOnlyMemory<byte>> emit,
    TimeProvider time
) : RunningHookScope
{
    private volatile bool _isOver;

    public override RunRecord Run => execution.Run;

    public override SessionRecord Session => execution.Session;

    public override IServiceProvider Services => execution.Services;

    public override int Step { get; } = execution.Step;

    public override TState GetState<TState>(StateKey<TState> key) => staged.Get(key);

    public override void UpdateState<TState>(StateKey<TState> key, Func<TState, TState> change)
    {
        ThrowIfOver();
        staged.Update(key, change);
    }

    public override void Emit(string name, JsonElement? data)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ThrowIfOver();
        emit(execution.Chunks.Custom(Step, name, data));
    }

    public override void RecordUsage(string type, double amount)
    {
        ArgumentException.ThrowIfNullOrEmpty(type);
        ThrowIfOver();
        staged.Record(
            new()
            {
                Id = ServerId.New(time),
                RunId = Run.RunId,
                Timestamp = time.GetUtcNow(),
                StepCount = Step,
                Source = "agent",
                Kind = "custom",
                Name = type,
                Amount = amount,
            }
        );
    }

    /// <summary>What comes now would belong to nothing: the point is passed.</summary>
    public void Close() => _isOver = true;

    private void ThrowIfOver()
    {
        if (_isOver)
        {
            throw new InvalidOperationException("The hook is over: its run went on without it.");
        }
    }
}
