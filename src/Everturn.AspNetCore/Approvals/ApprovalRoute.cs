using Everturn.Approvals;
using Everturn.AspNetCore.Sessions;
using Everturn.Sessions;

namespace Everturn.AspNetCore.Approvals;

/// <summary>The call that a path names, with its session where it is of one, for who may know of it.</summary>
internal static class ApprovalRoute
{
    /// <exception cref="HttpProblemException">It is not allowed.</exception>
    /// <exception cref="PendingCallNotFoundException">There is no such call.</exception>
    public static async ValueTask<(PendingCallRecord Call, SessionRecord? Session)> FindAsync(
        SessionRequest request,
        EverturnAction action
    )
    {
        var approvalId = (string)request.Http.Request.RouteValues["approvalId"]!;
        var call =
            await request
                .Service<IApprovals>()
                .GetAsync(approvalId, request.Tenant, request.Aborted)
                .ConfigureAwait(false)
            ?? throw new PendingCallNotFoundException(approvalId);
        var session = call.InstanceId is null
            ? await request.Store.GetSessionAsync(call.Session, request.Aborted).ConfigureAwait(false)
                ?? throw new PendingCallNotFoundException(approvalId)
            : null;
        var resource = session is null ? EverturnResource.Of(call) : EverturnResource.Of(session);
        await request
            .Authorization.DemandAsync(resource, action, Problems.ApprovalNotFound(approvalId))
            .ConfigureAwait(false);
        return (call, session);
    }
}
