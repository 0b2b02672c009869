using System.Text.Json;
using Everturn.Sessions;
using Everturn.Sessions.Storage;

namespace Everturn.Approvals;

/// <summary>Which answers a pending call takes. Pure.</summary>
internal static class AnswerRules
{
    /// <summary>The longest error or reason, in bytes of UTF-8.</summary>
    public const int MaxTextBytes = 8 * 1024;

    /// <summary>The longest id, in characters.</summary>
    public const int MaxIdLength = 256;

    /// <exception cref="InvalidInputException">The answer contradicts itself, or is over a limit.</exception>
    public static void Check(ToolAnswer answer, AnswerOptions options, EverturnLimits limits, DateTimeOffset now)
    {
        CheckText(answer.Error, "error");
        CheckText(answer.Reason, "reason");
        if (options.DecidedBy is { Length: > MaxIdLength })
        {
            throw new InvalidInputException("decidedBy", $"It has at most {MaxIdLength} characters.");
        }

        CheckSize(answer.Result, "result", limits);
        CheckSize(answer.Arguments, "arguments", limits);
        var kind = answer.Kind;
        if (StatusOf(kind) is null)
        {
            throw new InvalidInputException("kind", $"There is no answer '{kind}'.");
        }

        Only(answer.Result is not null, "result", kind, ToolAnswerKind.ClientToolResult, ToolAnswerKind.Happened);
        Only(answer.Error is not null, "error", kind, ToolAnswerKind.ClientToolResult);
        Only(answer.Arguments is not null, "arguments", kind, ToolAnswerKind.Approve);
        Only(answer.GrantUntil is not null, "grantUntil", kind, ToolAnswerKind.Approve);
        if (kind == ToolAnswerKind.ClientToolResult && answer.Result is null == answer.Error is null)
        {
            throw new InvalidInputException("result", "A client's answer has a result or an error.");
        }

        if (answer.GrantUntil <= now)
        {
            throw new InvalidInputException("grantUntil", "It is in the future.");
        }
    }

    /// <exception cref="InvalidInputException">It cannot be the id of a call.</exception>
    public static void CheckId(string id, string field)
    {
        if (string.IsNullOrEmpty(id) || id.Length > MaxIdLength)
        {
            throw new InvalidInputException(field, $"An id is 1 to {MaxIdLength} characters.");
        }
    }

    /// <summary>Whether a call asks for that kind of answer.</summary>
    /// <exception cref="InvalidInputException">It asks for another.</exception>
    public static void CheckFits(PendingCallRecord call, ToolAnswer answer)
    {
        var wanted = call.Kind switch
        {
            PendingCallKind.Client => new[] { ToolAnswerKind.ClientToolResult },
            PendingCallKind.Effect => [ToolAnswerKind.Happened, ToolAnswerKind.DidNotHappen, ToolAnswerKind.TryAgain],
            _ => [ToolAnswerKind.Approve, ToolAnswerKind.Deny],
        };
        if (!wanted.Contains(answer.Kind))
        {
            throw new InvalidInputException(
                "kind",
                $"Call '{call.ToolCallId}' waits for one of: {string.Join(", ", wanted)}."
            );
        }
    }

    /// <summary>The row with an answer.</summary>
    public static PendingCallRecord Decide(
        PendingCallRecord call,
        ToolAnswer answer,
        string? decidedBy,
        DateTimeOffset at
    ) =>
        call with
        {
            Status = StatusOf(answer.Kind)!.Value,
            Response = StoredAnswer.Write(answer),
            DecidedBy = decidedBy,
            DecidedAt = at,
            Reason = answer.Reason,
            GrantedUntil = answer.GrantUntil,
        };

    /// <summary>The row when its time is over.</summary>
    public static PendingCallRecord Expire(PendingCallRecord call, DateTimeOffset at) =>
        call with
        {
            Status = PendingCallStatus.Expired,
            DecidedAt = at,
        };

    /// <summary>Whether an answer is the one that is recorded, whoever gave it.</summary>
    public static bool IsSame(PendingCallRecord call, ToolAnswer answer) =>
        call.Response is { } response
        && JsonElement.DeepEquals(JsonElement.Parse(response.Span), JsonElement.Parse(StoredAnswer.Write(answer).Span));

    private static PendingCallStatus? StatusOf(ToolAnswerKind kind) =>
        kind == ToolAnswerKind.Approve ? PendingCallStatus.Approved
        : kind == ToolAnswerKind.Deny ? PendingCallStatus.Denied
        : kind == ToolAnswerKind.ClientToolResult
        || kind == ToolAnswerKind.Happened
        || kind == ToolAnswerKind.DidNotHappen
        || kind == ToolAnswerKind.TryAgain
            ? PendingCallStatus.Answered
        : null;

    private static void Only(bool isThere, string field, ToolAnswerKind kind, params ToolAnswerKind[] kinds)
    {
        if (isThere && !kinds.Contains(kind))
        {
            throw new InvalidInputException(field, $"It goes with {string.Join(" or ", kinds)} only.");
        }
    }

    private static void CheckText(string? text, string field)
    {
        if (text is not null && System.Text.Encoding.UTF8.GetByteCount(text) > MaxTextBytes)
        {
            throw new InvalidInputException(field, $"It has at most {MaxTextBytes} bytes.");
        }
    }

    private static void CheckSize(JsonElement? value, string field, EverturnLimits limits)
    {
        if (value is { } json && State.JsonBytes.Write(json).Length > limits.ToolResultBytes)
        {
            throw new InvalidInputException(field, $"It has at most {limits.ToolResultBytes} bytes of JSON.");
        }
    }
}
