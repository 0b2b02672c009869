using System.Security.Cryptography;
using Everturn.Agents;
using Everturn.Approvals;
using Everturn.Sessions;
using Everturn.Sessions.Storage;
using Everturn.State;

namespace Everturn.Loop.Holding;

/// <summary>Calls that wait for somebody outside: what is asked, and what an answer makes of the call. Pure.</summary>
internal static class HeldCalls
{
    private const string Refused = "A person refused this call.";
    private const string RefusedByTime = "Nobody answered in time, so the call was refused.";
    private const string Unanswered = "Nobody answered in time.";
    private const string WithoutResult = "The call took effect. Its result is not known.";
    private const string NoEffect = "The call did not take effect.";

    /// <summary>The row that asks for an answer to a call.</summary>
    public static PendingCallRecord Ask(ToolCallRecord call, AgentTool? tool, string approvalId, DateTimeOffset at) =>
        new()
        {
            ApprovalId = approvalId,
            RunId = call.RunId,
            ToolCallId = call.ToolCallId,
            ToolName = call.ToolName,
            Kind =
                call.Status == ToolCallStatus.Unknown ? PendingCallKind.Effect
                : tool is { Function: null } ? PendingCallKind.Client
                : PendingCallKind.Approval,
            Arguments = call.Arguments,
            ArgumentsHash = HashOf(call.Arguments),
            RequestedAt = at,
            // Whether an effect happened does not become known by waiting.
            ExpiresAt = call.Status != ToolCallStatus.Unknown && tool?.AnswerWithin is { } limit ? at + limit : null,
            OnExpiry = tool?.OnExpiry ?? ExpiryOutcome.Deny,
            Sensitive = call.Sensitive,
        };

    /// <summary>SHA-256 of arguments, hex.</summary>
    public static string HashOf(ReadOnlyMemory<byte> arguments) =>
        Convert.ToHexStringLower(SHA256.HashData(arguments.Span));

    /// <summary>Open calls with the answers that were given to those that wait.</summary>
    public static IReadOnlyList<ToolCallRecord> Answer(
        IReadOnlyList<ToolCallRecord> calls,
        IReadOnlyList<PendingCallRecord> pending
    ) =>
        pending.Count == 0
            ? calls
            :
            [
                .. calls.Select(call =>
                    call.Status.IsHeld && Find(pending, call) is { } asked ? Answer(call, asked) : call
                ),
            ];

    /// <summary>The row that asks about a call; null where none does.</summary>
    public static PendingCallRecord? Find(IReadOnlyList<PendingCallRecord> pending, ToolCallRecord call) =>
        pending.FirstOrDefault(asked =>
            asked.ToolCallId == call.ToolCallId
            && (asked.Kind == PendingCallKind.Effect) == (call.Status == ToolCallStatus.Unknown)
        );

    /// <summary>Those calls that answers gave an outcome.</summary>
    /// <param name="before">The calls as they are stored.</param>
    /// <param name="after">The same with their answers.</param>
    public static IEnumerable<ToolCallRecord> Ended(
        IReadOnlyList<ToolCallRecord> before,
        IReadOnlyList<ToolCallRecord> after
    ) => after.Where((call, index) => call.Status.HasOutcome && !before[index].Status.HasOutcome);

    /// <summary>The rows that ask about the open calls of a session's current run.</summary>
    public static async ValueTask<IReadOnlyList<PendingCallRecord>> AskedAsync(
        ISessionStore store,
        SessionSnapshot snapshot,
        CancellationToken cancellationToken
    ) =>
        snapshot.Run is { } run && snapshot.OpenToolCalls.Any(call => call.Status.IsHeld)
            ? await store.GetPendingCallsAsync(run.Session, run.RunId, cancellationToken).ConfigureAwait(false)
            : [];

    /// <summary>Those of some rows that nobody has answered, as rows that nobody waits for any more.</summary>
    public static IReadOnlyList<PendingCallRecord> Withdraw(
        IReadOnlyList<PendingCallRecord> pending,
        DateTimeOffset at
    ) => [.. pending.Where(call => call.Status == PendingCallStatus.Pending).Select(call => Withdraw(call, at))];

    /// <summary>The row of a call that nobody waits for any more.</summary>
    public static PendingCallRecord Withdraw(PendingCallRecord asked, DateTimeOffset at) =>
        asked with
        {
            Status = PendingCallStatus.Withdrawn,
            DecidedAt = at,
        };

    private static ToolCallRecord Answer(ToolCallRecord call, PendingCallRecord asked)
    {
        if (asked.Status == PendingCallStatus.Expired)
        {
            return asked.OnExpiry == ExpiryOutcome.Deny
                ? End(call, asked, ToolCallStatus.Denied, RefusedByTime)
                : End(call, asked, ToolCallStatus.Failed, Unanswered);
        }

        if (asked.Response is not { } response)
        {
            return call;
        }

        var answer = StoredAnswer.Read(response);
        return answer.Kind.Value switch
        {
            "client-tool-result" when answer.Error is { } error => End(call, asked, ToolCallStatus.Failed, error),
            "client-tool-result" => Succeed(call, asked, answer),
            "approve" => call with
            {
                Status = ToolCallStatus.Pending,
                Arguments = answer.Arguments is { } edited ? JsonBytes.Write(edited) : call.Arguments,
            },
            "try-again" => call with { Status = ToolCallStatus.Pending },
            "happened" when answer.Result is null => End(call, asked, ToolCallStatus.Succeeded, WithoutResult),
            "happened" => Succeed(call, asked, answer),
            "did-not-happen" => End(call, asked, ToolCallStatus.Failed, Because(NoEffect, answer.Reason)),
            _ => End(call, asked, ToolCallStatus.Denied, Because(Refused, answer.Reason)),
        };
    }

    private static string Because(string what, string? reason) =>
        string.IsNullOrEmpty(reason) ? what : $"{what} Reason: {reason}";

    private static ToolCallRecord Succeed(ToolCallRecord call, PendingCallRecord asked, ToolAnswer answer) =>
        call with
        {
            Status = ToolCallStatus.Succeeded,
            Result = answer.Result is { } result ? JsonBytes.Write(result) : "null"u8.ToArray(),
            EndedAt = asked.DecidedAt,
        };

    private static ToolCallRecord End(
        ToolCallRecord call,
        PendingCallRecord asked,
        ToolCallStatus status,
        string result
    ) => call with { Status = status, Result = JsonBytes.Write(JsonBytes.String(result)), EndedAt = asked.DecidedAt };
}
