using System.ComponentModel;
using Everturn.Agents;
using Everturn.Testing.Crashes;

namespace Everturn.Crash.Host;

/// <summary>Tools whose every execution leaves a line on disk, outside of the store.</summary>
internal sealed class CountingTools(EffectsFile effects)
{
    [Description("Notes an item.")]
    public async Task<int> NoteAsync(string item, ToolContext context, CancellationToken cancellationToken)
    {
        var key = $"{context.Session.SessionId}/{context.IdempotencyKey}";
        effects.Append(key, "start");
        context.UpdateState(Notes.Key, notes => new([.. notes.Items, item]));
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        effects.Append(key, "end");
        return item.Length;
    }
}
