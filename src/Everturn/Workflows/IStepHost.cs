using Everturn.Sessions;
using Everturn.Workflows.Storage;

namespace Everturn.Workflows;

/// <summary>What the steps of an instance need from outside.</summary>
internal interface IStepHost
{
    /// <summary>What a test decides about the steps; null outside of tests.</summary>
    IStepOverrides? Overrides { get; }

    /// <summary>Starts a child, or finds the one that the step started before.</summary>
    /// <returns>Its id.</returns>
    Task<string> StartChildAsync(
        JournalKey step,
        string workflow,
        ReadOnlyMemory<byte> parameters,
        ChildOptions options,
        CancellationToken cancellationToken
    );

    /// <summary>The row that stands for a step's request to somebody outside.</summary>
    PendingCallRecord NewCall(JournalKey step, CallRequest request, DateTimeOffset at);

    /// <summary>
    /// The time of a call is over: its default outcome applies, unless it has another. Either way the event that tells of
    /// it has been offered when the task ends.
    /// </summary>
    Task ExpireCallAsync(string approvalId);

    /// <summary>How a child ended; null if it has not.</summary>
    Task<ChildNotice?> FindEndAsync(string workflow, string childId);

    /// <summary>Stores pieces of a streaming step; what earlier attempts left is removed before the first of them.</summary>
    ValueTask StoreChunksAsync(JournalKey step, IReadOnlyList<StepChunk> chunks);

    /// <summary>Reads a piece; null if it is not there.</summary>
    ValueTask<ReadOnlyMemory<byte>?> ReadChunkAsync(
        JournalKey step,
        int attempt,
        int index,
        CancellationToken cancellationToken
    );
}
