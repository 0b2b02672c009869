using System.Text.Json;
using Everturn.AspNetCore.Workflows;
using Everturn.Sessions;

namespace Everturn.AspNetCore.Approvals;

/// <summary>A call that waits, or waited, for somebody outside: a row of the server's, which alone decides.</summary>
public sealed record ApprovalView
{
    /// <summary>Its id; name it to answer.</summary>
    public required string ApprovalId { get; init; }

    /// <summary><c>approval</c>, <c>client</c> for a tool that the client executes, or <c>effect</c> for an unknown outcome.</summary>
    public required string Kind { get; init; }

    /// <summary><c>pending</c>, <c>approved</c>, <c>denied</c>, <c>answered</c>, <c>expired</c> or <c>withdrawn</c>.</summary>
    public required string Status { get; init; }

    /// <summary>The session; absent for a workflow's instance.</summary>
    public string? SessionId { get; init; }

    /// <summary>The sessions from the root of a tree of agents to this one; absent for a workflow's instance.</summary>
    public IReadOnlyList<string>? SessionPath { get; init; }

    /// <summary>The agent; absent for a workflow's instance.</summary>
    public string? AgentType { get; init; }

    /// <summary>Whose session it is, or whom the instance asks.</summary>
    public string? UserId { get; init; }

    /// <summary>The run that waits; absent for a workflow's instance.</summary>
    public string? RunId { get; init; }

    /// <summary>The model's id of the call; of an instance, its step's name and number.</summary>
    public required string ToolCallId { get; init; }

    /// <summary>The tool.</summary>
    public required string ToolName { get; init; }

    /// <summary>What it is called with; absent in lists where the tool is sensitive.</summary>
    public JsonElement? Arguments { get; init; }

    /// <summary>The JSON schema that edited arguments, or the client's result, must fit, where a workflow asked.</summary>
    public JsonElement? AnswerSchema { get; init; }

    /// <summary>SHA-256 of the arguments, hex.</summary>
    public required string ArgumentsHash { get; init; }

    /// <summary>When it was asked.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When the default outcome applies; absent for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The default outcome: <c>deny</c>, <c>expire</c> or <c>error</c>.</summary>
    public required string OnExpiry { get; init; }

    /// <summary>When it was decided.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Who decided.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>The answer as it was given; absent in lists where the tool is sensitive.</summary>
    public JsonElement? Answer { get; init; }

    /// <summary>Until when the tool needs no further approval in the session.</summary>
    public DateTimeOffset? GrantUntil { get; init; }

    /// <summary>The workflow whose instance asked.</summary>
    public string? Workflow { get; init; }

    /// <summary>The instance that asked.</summary>
    public string? InstanceId { get; init; }

    internal static ApprovalView Of(PendingCallRecord call, SessionRecord? session, bool inList)
    {
        var hides = inList && call.Sensitive;
        var isOfRun = call.InstanceId is null;
        return new()
        {
            ApprovalId = call.ApprovalId,
            Kind = call.Kind,
            Status = call.Status.Value,
            SessionId = isOfRun ? call.Session.SessionId : null,
            SessionPath = isOfRun
                ?
                [
                    .. new[] { session?.RootSessionId, session?.ParentSessionId, call.Session.SessionId }
                        .OfType<string>()
                        .Distinct(),
                ]
                : null,
            AgentType = isOfRun ? call.AgentType : null,
            UserId = call.UserId,
            RunId = isOfRun ? call.RunId : null,
            ToolCallId = call.ToolCallId,
            ToolName = call.ToolName,
            Arguments = hides ? null : RawJson.Read(call.Arguments),
            AnswerSchema = RawJson.Read(call.AnswerSchema),
            ArgumentsHash = call.ArgumentsHash,
            RequestedAt = call.RequestedAt,
            ExpiresAt = call.ExpiresAt,
            OnExpiry = call.OnExpiry.Value,
            DecidedAt = call.DecidedAt,
            DecidedBy = call.DecidedBy,
            Reason = call.Reason,
            Answer = hides ? null : RawJson.Read(call.Response),
            GrantUntil = call.GrantedUntil,
            Workflow = call.Workflow,
            InstanceId = call.InstanceId,
        };
    }
}
