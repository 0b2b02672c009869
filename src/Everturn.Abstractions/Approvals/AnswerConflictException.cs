using Everturn.Sessions;

namespace Everturn.Approvals;

/// <summary>The call has another outcome already: the first answer counts. Over HTTP: 409.</summary>
/// <param name="call">The call as it is recorded.</param>
public sealed class AnswerConflictException(PendingCallRecord call)
    : EverturnException($"Call '{call.ToolCallId}' of session '{call.Session.SessionId}' is {call.Status} already.")
{
    /// <summary>The call as it is recorded.</summary>
    public PendingCallRecord Call { get; } = call;
}
