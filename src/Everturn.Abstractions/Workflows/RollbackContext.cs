namespace Everturn.Workflows;

/// <summary>What the rollback of a step may know.</summary>
public sealed class RollbackContext
{
    private readonly ReadOnlyMemory<byte> _output;

    internal RollbackContext(WorkflowStepContext step, InstanceError error, bool hasOutput, ReadOnlyMemory<byte> output)
    {
        Step = step;
        Error = error;
        HasOutput = hasOutput;
        _output = output;
    }

    /// <summary>The step, and the attempt of its rollback.</summary>
    public WorkflowStepContext Step { get; }

    /// <summary>Why the instance is rolled back; of a termination its name is <c>Terminated</c>.</summary>
    public InstanceError Error { get; }

    /// <summary>Whether the step has a result: false if it failed or never finished.</summary>
    public bool HasOutput { get; }

    /// <summary>The step's result; the default if it has none.</summary>
    /// <typeparam name="T">The step's result type.</typeparam>
    public T? Output<T>() => HasOutput ? StepJson.Read<T>(_output) : default;
}
