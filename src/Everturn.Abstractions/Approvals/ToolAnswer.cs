using System.Text.Json;

namespace Everturn.Approvals;

/// <summary>
/// An answer to a pending call, as it is stored and as it travels (Helix Agents, <c>submitToolResult</c>). The first
/// one counts.
/// </summary>
public sealed record ToolAnswer
{
    /// <summary>What it says.</summary>
    public required ToolAnswerKind Kind { get; init; }

    /// <summary>The result, for <see cref="ToolAnswerKind.ClientToolResult"/> and <see cref="ToolAnswerKind.Happened"/>.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>What went wrong on the client, instead of a result. At most 8 KiB.</summary>
    public string? Error { get; init; }

    /// <summary>Why it was decided so; the model is told where a call is refused. At most 8 KiB.</summary>
    public string? Reason { get; init; }

    /// <summary>The arguments to execute an approved call with instead of the model's; they must fit the tool's schema.</summary>
    public JsonElement? Arguments { get; init; }

    /// <summary>Until when further calls of the tool in the session need no approval; for an approval only.</summary>
    public DateTimeOffset? GrantUntil { get; init; }

    /// <summary>The result of a call that the client executed.</summary>
    /// <param name="result">Any JSON.</param>
    public static ToolAnswer OfResult(JsonElement result) =>
        new() { Kind = ToolAnswerKind.ClientToolResult, Result = result };

    /// <summary>The failure of a call that the client executed; the model is told.</summary>
    /// <param name="error">What went wrong.</param>
    public static ToolAnswer OfError(string error) => new() { Kind = ToolAnswerKind.ClientToolResult, Error = error };

    /// <summary>Allows a call.</summary>
    /// <param name="arguments">Other arguments than the model's; null for those.</param>
    /// <param name="reason">Why, for the record.</param>
    /// <param name="grantUntil">Until when further calls of the tool in the session need no approval.</param>
    public static ToolAnswer Approve(
        JsonElement? arguments = null,
        string? reason = null,
        DateTimeOffset? grantUntil = null
    ) =>
        new()
        {
            Kind = ToolAnswerKind.Approve,
            Arguments = arguments,
            Reason = reason,
            GrantUntil = grantUntil,
        };

    /// <summary>Refuses a call.</summary>
    /// <param name="reason">Why; the model is told.</param>
    public static ToolAnswer Deny(string? reason = null) => new() { Kind = ToolAnswerKind.Deny, Reason = reason };

    /// <summary>A call of unknown outcome took effect.</summary>
    /// <param name="result">Its result; null where it is not known.</param>
    public static ToolAnswer Happened(JsonElement? result = null) =>
        new() { Kind = ToolAnswerKind.Happened, Result = result };

    /// <summary>A call of unknown outcome did not take effect, and is not to be tried again; the model is told.</summary>
    /// <param name="reason">Why.</param>
    public static ToolAnswer DidNotHappen(string? reason = null) =>
        new() { Kind = ToolAnswerKind.DidNotHappen, Reason = reason };

    /// <summary>A call of unknown outcome did not take effect: it is tried again, with the same key.</summary>
    public static ToolAnswer TryAgain() => new() { Kind = ToolAnswerKind.TryAgain };
}
