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
}
