using System.Text.Json;
using Everturn.Sessions;

namespace Everturn.Agents;

/// <summary>Whether a session can be resumed now (Helix Agents, <c>CanResumeResult</c>).</summary>
public sealed record ResumeCheck
{
    /// <summary>Whether a resume would be accepted. Another caller may be faster.</summary>
    public required bool CanResume { get; init; }

    /// <summary>Why not, see <see cref="ResumeRefusal"/>; null where it can.</summary>
    public string? Reason { get; init; }

    /// <summary>Status of the session's current run; null before the first.</summary>
    public RunStatus? Status { get; init; }

    /// <summary>The newest checkpoint that can be gone back to; null for none.</summary>
    public string? CheckpointId { get; init; }

    /// <summary>The session's custom state, JSON; undefined where there is none.</summary>
    public JsonElement State { get; init; }
}
