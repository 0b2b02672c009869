using System.ComponentModel;
using Everturn.Agents;
using Everturn.Testing.Crashes;

namespace Everturn.Bench.Hosting;

/// <summary>A tool whose every execution is a line on disk, outside of the store.</summary>
internal sealed class NoteTool(EffectsFile effects)
{
    public const string Finished = "end";

    [Description("Notes that it was called.")]
    public Task<string> NoteAsync(ToolContext context)
    {
        effects.Append($"{context.Session.SessionId}/{context.IdempotencyKey}", Finished);
        return Task.FromResult("noted");
    }
}
