using Everturn.AspNetCore.Sessions;

namespace Everturn.AspNetCore.Approvals;

/// <summary><c>POST /approvals/{approvalId}</c>: answers a call.</summary>
internal static class AnswerApproval
{
    public static async Task HandleAsync(SessionRequest request)
    {
        var body = await ToolAnswers.ReadAsync(request).ConfigureAwait(false);
        var (call, session) = await ApprovalRoute.FindAsync(request, ToolAnswers.ActionOf(body)).ConfigureAwait(false);
        if (body.ApprovalId is { } other && other != call.ApprovalId)
        {
            throw new InvalidInputException("approvalId", "The path names another one.");
        }
        if (body.ToolCallId is { } toolCallId && toolCallId != call.ToolCallId)
        {
            throw new InvalidInputException("toolCallId", "The path names another call.");
        }
        await (
            session is null
                ? ToolAnswers.AnswerAsync(request, call.ApprovalId, body)
                : ToolAnswers.SubmitAsync(request, session, call.ApprovalId, body)
        ).ConfigureAwait(false);
    }
}
