using Everturn.Approvals;
using Everturn.AspNetCore.Sessions;

namespace Everturn.AspNetCore.Approvals;

/// <summary><c>DELETE /approvals/{approvalId}/grant</c>: further calls of the tool need approval again.</summary>
internal static class RevokeGrant
{
    public static async Task HandleAsync(SessionRequest request)
    {
        var (call, session) = await ApprovalRoute.FindAsync(request, EverturnAction.Approve).ConfigureAwait(false);
        var revoked = await request
            .Service<IApprovals>()
            .RevokeGrantAsync(call.ApprovalId, request.Tenant, request.Aborted)
            .ConfigureAwait(false);
        await request
            .Response.WriteAsync(
                ApprovalView.Of(revoked, session, inList: false),
                EverturnHttpJson.Default.ApprovalView
            )
            .ConfigureAwait(false);
    }
}
