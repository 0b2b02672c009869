using Everturn.Sessions;
using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.Sessions;

/// <summary>A run whose output is still encoded, so that a blob is read outside the transaction.</summary>
/// <param name="Run">The run without output.</param>
/// <param name="CommittedSequence">The last chunk of its last committed step; null before the first.</param>
/// <param name="Output">The output's column, or null.</param>
internal sealed record StoredRun(RunRecord Run, long? CommittedSequence, byte[]? Output)
{
    /// <summary>The last of its chunks that is final.</summary>
    public long FinalSequence => CommittedSequence ?? Run.StartSequence - 1;

    public RunRecord Load(PayloadStore payloads) =>
        Output is null ? Run : Run with { Output = payloads.LoadOrNull(Output) };
}
