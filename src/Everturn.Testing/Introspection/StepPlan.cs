using Everturn.Workflows;

namespace Everturn.Testing.Introspection;

/// <summary>What a test decided about a step: failures of its first attempts, and then a result.</summary>
internal sealed class StepPlan
{
    private readonly List<Func<WorkflowStepContext, Exception>> _failures = [];
    private Func<WorkflowStepContext, Exception>? _always;

    /// <summary>The result in place of the callback's.</summary>
    public Func<WorkflowStepContext, ReadOnlyMemory<byte>>? Result { get; private set; }

    /// <summary>The pieces in place of those that the callback produces.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>>? Stream { get; private set; }

    public void Fail(string step, Func<WorkflowStepContext, Exception> failure, int? times)
    {
        CheckReachable(step);
        if (times is { } count)
        {
            _failures.AddRange(Enumerable.Repeat(failure, count));
        }
        else
        {
            _always = failure;
        }
    }

    public void Return(string step, Func<WorkflowStepContext, ReadOnlyMemory<byte>> result)
    {
        CheckOpen(step);
        Result = result;
    }

    public void Return(string step, IReadOnlyList<ReadOnlyMemory<byte>> pieces)
    {
        CheckOpen(step);
        Stream = pieces;
    }

    /// <summary>Why an attempt fails; null if it does not.</summary>
    public Exception? FailureOf(WorkflowStepContext context) =>
        context.Attempt <= _failures.Count ? _failures[context.Attempt - 1](context) : _always?.Invoke(context);

    private void CheckOpen(string step)
    {
        CheckReachable(step);
        if (Result is not null || Stream is not null)
        {
            throw new InvalidInputException("step", $"\"{step}\" has a mocked result already.");
        }
    }

    private void CheckReachable(string step)
    {
        if (_always is not null)
        {
            throw new InvalidInputException(
                "step",
                $"\"{step}\" fails at every attempt already: what comes after is never reached."
            );
        }
    }
}
