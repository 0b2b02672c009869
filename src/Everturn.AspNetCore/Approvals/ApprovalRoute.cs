using Everturn.Approvals;
using Everturn.AspNetCore.Sessions;
using Everturn.Sessions;

namespace Everturn.AspNetCore.Approvals;

/// <summary>The call that a path names, for who may know of it.</summary>
internal static class ApprovalRoute
{
    /// <exception cref="HttpProblemException">It is not allowed.</exception>
    /// <exception cref="PendingCallNotFoundException">There is no such call.</exception>
    public static async ValueTask<(PendingCallRecord Call, SessionRecord Session)> FindAsync(
        SessionRequest request,
        EverturnAction action
    )
    {
        var approvalId = (string)request.Http.Request.RouteValues["approvalId"]!;
        var call =
            await request.Store.FindPendingCallAsync(request.Tenant, approvalId, request.Aborted).ConfigureAwait(false)
            ?? throw new PendingCallNotFoundException(approvalId);
        var session =
            await request.Store.GetSessionAsync(call.Session, request.Aborted).ConfigureAwait(false)
            ?? throw new PendingCallNotFoundException(approvalId);
        await request
            .Authorization.DemandAsync(EverturnResource.Of(session), action, Problems.ApprovalNotFound(approvalId))
            .ConfigureAwait(false);
        return (call, session);
    }
}
