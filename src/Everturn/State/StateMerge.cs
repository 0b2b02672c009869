using System.Text.Json;
using Everturn.Streaming;

namespace Everturn.State;

/// <summary>
/// Merges the changes that parallel tool calls staged, in the order of the calls: appended items are all kept, and of
/// two changes of one value the later call's wins, with a warning (Helix Agents, <c>mergeCustomState</c>).
/// </summary>
internal static class StateMerge
{
    public static MergedState Merge(JsonElement state, IReadOnlyList<IReadOnlyList<JsonPatchOperation>> changes)
    {
        if (changes.All(change => change.Count == 0))
        {
            return new(state, [], []);
        }

        var patch = new JsonPatch(state);
        var applied = new List<JsonPatchOperation>();
        var warnings = new List<string>();
        var written = new HashSet<string>();
        foreach (var change in changes)
        {
            foreach (var operation in change)
            {
                var isAppend = operation.Path.EndsWith("/-", StringComparison.Ordinal);
                if (!isAppend && written.Contains(operation.Path))
                {
                    warnings.Add($"Two tool calls changed {operation.Path}; the later call's value is kept.");
                }

                if (patch.TryApply(operation))
                {
                    applied.Add(operation);
                }
                else
                {
                    warnings.Add($"A change of {operation.Path} was dropped: another tool call removed it.");
                }
            }

            // Recorded only now: a call that changes one value twice is in no conflict with itself.
            written.UnionWith(change.Select(operation => operation.Path));
        }

        return new(patch.Document, applied, warnings);
    }
}
