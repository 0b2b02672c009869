using System.Text.Json;

namespace Everturn.AspNetCore.Approvals;

/// <summary>
/// An answer to a call (Helix Agents, <c>submitToolResult</c>): body of <c>POST /approvals/{approvalId}</c> and, with one of the two ids,
/// of <c>POST /sessions/{sessionId}/submit-tool-result</c>.
/// </summary>
public sealed record ToolAnswerRequest
{
    /// <summary>The model's id of the call.</summary>
    public string? ToolCallId { get; init; }

    /// <summary>The approval's id, instead of the model's id.</summary>
    public string? ApprovalId { get; init; }

    /// <summary>
    /// <c>client-tool-result</c>, <c>approve</c>, <c>deny</c>, <c>happened</c>, <c>did-not-happen</c> or <c>try-again</c>.
    /// </summary>
    public string? Kind { get; init; }

    /// <summary>The result, any JSON, for <c>client-tool-result</c> and <c>happened</c>.</summary>
    public JsonElement Result { get; init; }

    /// <summary>What went wrong on the client, instead of a result. At most 8 KiB.</summary>
    public string? Error { get; init; }

    /// <summary>Why it was decided so; the model is told where a call is refused. At most 8 KiB.</summary>
    public string? Reason { get; init; }

    /// <summary>The arguments to execute an approved call with instead of the model's.</summary>
    public JsonElement? Arguments { get; init; }

    /// <summary>Until when further calls of the tool in the session need no approval; with <c>approve</c> only.</summary>
    public DateTimeOffset? GrantUntil { get; init; }

    /// <summary>Who decides; counts only where nobody is signed in.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>Resumes the run if this was the last answer it waited for. Default false.</summary>
    public bool Resume { get; init; }
}
