using Everturn.Sessions;

namespace Everturn.Memory;

/// <summary>A run with what belongs to it alone.</summary>
internal sealed class MemoryRun(RunRecord record, string? workflowName)
{
    public RunRecord Record { get; set; } = record;

    /// <summary>The workflow that carries it; null for none.</summary>
    public string? WorkflowName { get; } = workflowName;

    /// <summary>The custom state with which it began.</summary>
    public ReadOnlyMemory<byte> StartState { get; init; }

    public List<CommandRecord> Commands { get; } = [];

    /// <summary>Number of the last chunk of a committed step; null before the first.</summary>
    public long? CommittedSequence { get; set; }
}
