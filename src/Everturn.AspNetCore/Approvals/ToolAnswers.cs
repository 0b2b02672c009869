using System.Text.Json;
using Everturn.Approvals;
using Everturn.AspNetCore.Sessions;
using Everturn.Sessions;

namespace Everturn.AspNetCore.Approvals;

/// <summary>Reads answers, and gives what became of them.</summary>
internal static class ToolAnswers
{
    // Whatever is larger than a result may be is no answer.
    private const int MaxBytes = 1024 * 1024 + 64 * 1024;

    public static ValueTask<ToolAnswerRequest> ReadAsync(SessionRequest request) =>
        JsonBody.ReadAsync(request.Http.Request, EverturnHttpJson.Default.ToolAnswerRequest, MaxBytes);

    /// <summary>A client gives results by steering its session; to decide on a call is a right of its own.</summary>
    public static EverturnAction ActionOf(ToolAnswerRequest body) =>
        body.Kind == ToolAnswerKind.ClientToolResult.Value ? EverturnAction.Control : EverturnAction.Approve;

    public static ToolAnswer AnswerOf(ToolAnswerRequest body) =>
        new()
        {
            Kind = new(RequestFields.Required(body.Kind, "kind")),
            Result = body.Result.ValueKind == JsonValueKind.Undefined ? null : body.Result,
            Error = body.Error,
            Reason = body.Reason,
            Arguments = body.Arguments,
            GrantUntil = body.GrantUntil,
        };

    /// <summary>Answers a call of a session.</summary>
    public static async Task SubmitAsync(
        SessionRequest request,
        SessionRecord session,
        string callId,
        ToolAnswerRequest body
    )
    {
        // Who answers here has to be able to resume, which takes agents.
        request.AnyExecutor(session.AgentType);
        var receipt = await request
            .Service<IApprovals>()
            .SubmitAsync(session.Key, callId, AnswerOf(body), OptionsOf(request, body), request.Aborted)
            .ConfigureAwait(false);
        var call = receipt.Call with { AgentType = session.AgentType, UserId = session.UserId };
        await WriteAsync(request, receipt with { Call = call }, session).ConfigureAwait(false);
    }

    /// <summary>Answers a call of a workflow's instance.</summary>
    public static async Task AnswerAsync(SessionRequest request, string approvalId, ToolAnswerRequest body)
    {
        var receipt = await request
            .Service<IApprovals>()
            .AnswerAsync(approvalId, AnswerOf(body), OptionsOf(request, body), request.Tenant, request.Aborted)
            .ConfigureAwait(false);
        await WriteAsync(request, receipt, session: null).ConfigureAwait(false);
    }

    private static AnswerOptions OptionsOf(SessionRequest request, ToolAnswerRequest body) =>
        new() { DecidedBy = request.Authorization.UserId ?? body.DecidedBy, Resume = body.Resume };

    private static async Task WriteAsync(SessionRequest request, AnswerReceipt receipt, SessionRecord? session)
    {
        var response = new ToolAnswerResponse(
            ApprovalView.Of(receipt.Call, session, inList: false),
            receipt.Remaining,
            receipt.IsReplay,
            receipt.Resumes
        );
        await request.Response.WriteAsync(response, EverturnHttpJson.Default.ToolAnswerResponse).ConfigureAwait(false);
    }
}
