using Everturn.Workflows.Storage;

namespace Everturn.Workflows;

/// <summary>A step that workflow code asked for in this execution.</summary>
internal sealed class StepCall(JournalRecord record)
{
    /// <summary>Completed on the logical thread; continuations run right there.</summary>
    private readonly TaskCompletionSource<JournalRecord> _outcome = new();

    /// <summary>What is known of the step; until its outcome is delivered, not all of it is in the journal.</summary>
    public JournalRecord Record { get; set; } = record;

    public JournalKey Key => Record.Key;

    public Task<JournalRecord> Outcome => _outcome.Task;

    /// <summary>What to run, of a step with a callback.</summary>
    public StepCallback? Callback { get; init; }

    public StepOptions Options { get; init; } = new();

    /// <summary>The callback's result says what it stored as chunks.</summary>
    public bool IsStream { get; init; }

    /// <summary>Carries the workflow code's async locals, such as the current activity, into the callback.</summary>
    public ExecutionContext? Context { get; init; }

    /// <summary>How many journal writes must be durable before the callback may start.</summary>
    public long Gate { get; set; }

    /// <summary>The start of the attempt that is under way is in the journal.</summary>
    public bool IsNoted { get; set; }

    /// <summary>The event that the wait received, to be consumed with its outcome.</summary>
    public long? Event { get; set; }

    public void Deliver() => _outcome.SetResult(Record);
}
