using Everturn.Sessions;
using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.Sessions;

/// <summary>A checkpoint whose state is still encoded.</summary>
/// <param name="Number">Its place among the session's checkpoints.</param>
/// <param name="Checkpoint">The checkpoint without state.</param>
/// <param name="State">The state's column, or null.</param>
internal sealed record StoredCheckpoint(long Number, CheckpointRecord Checkpoint, byte[]? State)
{
    public CheckpointRecord Load(PayloadStore payloads) => Checkpoint with { State = payloads.LoadOrEmpty(State) };
}
