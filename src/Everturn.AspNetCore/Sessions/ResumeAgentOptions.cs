using System.Text.Json;

namespace Everturn.AspNetCore.Sessions;

/// <summary>How a session is taken up again.</summary>
public sealed record ResumeAgentOptions
{
    /// <summary><c>continue</c> (default), <c>retry</c> or <c>branch</c>.</summary>
    public string? Mode { get; init; }

    /// <summary>The checkpoint to go back to; required by <c>branch</c>.</summary>
    public string? CheckpointId { get; init; }

    /// <summary>Properties to set in the custom state that the run goes on with, a JSON object.</summary>
    public JsonElement? ModifyState { get; init; }

    /// <summary>Messages to go on with: user and system messages.</summary>
    public IReadOnlyList<StartAgentMessage?>? AppendMessages { get; init; }
}
