using System.Text.Json;
using Everturn.Sessions;

namespace Everturn.Agents;

/// <summary>Options of a resume. All may be left out.</summary>
public sealed record ResumeOptions
{
    /// <summary>How to go on. Default <see cref="ResumeMode.Continue"/>.</summary>
    public ResumeMode Mode { get; init; }

    /// <summary>A user message to go on with; required by <see cref="ResumeMode.WithMessage"/>.</summary>
    public string? Message { get; init; }

    /// <summary>
    /// The checkpoint to go back to, see <see cref="AgentHandle.ListCheckpointsAsync"/>; required by
    /// <see cref="ResumeMode.Branch"/>. With <see cref="ResumeMode.Continue"/> it makes it
    /// <see cref="ResumeMode.FromCheckpoint"/>.
    /// </summary>
    public string? CheckpointId { get; init; }

    /// <summary>Properties to set in the custom state that the run goes on with, a JSON object.</summary>
    public JsonElement? ModifyState { get; init; }

    /// <summary>Further messages, before <see cref="Message"/>: user and system messages only.</summary>
    public IReadOnlyList<AgentMessage>? AppendMessages { get; init; }

    /// <summary>The caller's id of the request: repeated with the same options, it gives the same run.</summary>
    public string? RequestId { get; init; }

    /// <summary>The agent server that the new run belongs to. Null for the server of the run before it, or none.</summary>
    public string? Server { get; init; }
}
