using Everturn.AspNetCore.Sessions;

namespace Everturn.AspNetCore.Approvals;

/// <summary><c>POST /sessions/{sessionId}/submit-tool-result</c>: answers a call of the session.</summary>
internal static class SubmitToolResult
{
    public static async Task HandleAsync(SessionRequest request)
    {
        var key = request.Key();
        var body = await ToolAnswers.ReadAsync(request).ConfigureAwait(false);
        if (body.ToolCallId is null == body.ApprovalId is null)
        {
            throw new InvalidInputException("toolCallId", "Either toolCallId or approvalId says which call it is.");
        }
        var session = await request.SessionAsync(key).ConfigureAwait(false);
        await request
            .Authorization.DemandAsync(
                EverturnResource.Of(session),
                ToolAnswers.ActionOf(body),
                Problems.SessionNotFound(key.SessionId)
            )
            .ConfigureAwait(false);
        var callId = body.ToolCallId ?? body.ApprovalId!;
        await ToolAnswers.SubmitAsync(request, session, callId, body).ConfigureAwait(false);
    }
}
