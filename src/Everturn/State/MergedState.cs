using System.Text.Json;
using Everturn.Streaming;

namespace Everturn.State;

/// <summary>The outcome of a merge.</summary>
/// <param name="State">The whole new state.</param>
/// <param name="Operations">What was applied, in order.</param>
/// <param name="Warnings">Conflicts, for people.</param>
internal sealed record MergedState(
    JsonElement State,
    IReadOnlyList<JsonPatchOperation> Operations,
    IReadOnlyList<string> Warnings
)
{
    public bool HasChanges => Operations.Count > 0;

    /// <summary>The state as it is to be stored; null where it stays.</summary>
    // Not written as "x ? y : null", whose null would be an empty state and not none.
    public ReadOnlyMemory<byte>? Changed
    {
        get
        {
            if (HasChanges)
            {
                return JsonBytes.Write(State);
            }

            return null;
        }
    }
}
