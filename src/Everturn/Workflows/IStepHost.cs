using Everturn.Sessions;
using Everturn.Storage;
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
    /// What became of a call: null while it is pending. When the task ends, the event that tells of it has been offered, if
    /// there still is one.
    /// </summary>
    /// <param name="approvalId">The call.</param>
    /// <param name="isDue">Whether its time is over: its default outcome applies, unless it has another.</param>
    Task<Payload?> SettleCallAsync(string approvalId, bool isDue);

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
