using Everturn.Approvals;
using Everturn.Workflows.Storage;

namespace Everturn.Workflows;

/// <summary>Lets a test decide what becomes of an instance's steps. Outside of tests there is none.</summary>
internal interface IStepOverrides
{
    /// <summary>What runs as a step's callback, and is given the number of the attempt.</summary>
    StepCallback Callback(JournalKey step, StepCallback callback, bool isStream);

    /// <summary>What a streaming step produces in place of its callback; null leaves it to that.</summary>
    IAsyncEnumerable<ReadOnlyMemory<byte>>? Stream(WorkflowStepContext step);

    /// <summary>How long to wait before a step's next attempt.</summary>
    TimeSpan RetryDelay(JournalKey step, TimeSpan delay);

    /// <summary>Whether a sleep is over, or a wait has timed out, as soon as it is asked for.</summary>
    bool ComesDue(JournalKey step);

    /// <summary>How a step's request to somebody outside is answered as soon as it is asked; null leaves it to them.</summary>
    (ToolAnswer Answer, string? DecidedBy)? Answer(JournalKey step);

    /// <summary>How the child has ended whose end a step waits for; null leaves it to the child.</summary>
    ChildNotice? ChildEnd(JournalKey step);
}
