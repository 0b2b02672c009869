using Everturn.AspNetCore.Sessions;

namespace Everturn.AspNetCore.Approvals;

/// <summary><c>GET /approvals/{approvalId}</c>: one call, with its arguments.</summary>
internal static class GetApproval
{
    public static async Task HandleAsync(SessionRequest request)
    {
        var (call, session) = await ApprovalRoute.FindAsync(request, EverturnAction.Read).ConfigureAwait(false);
        await request
            .Response.WriteAsync(ApprovalView.Of(call, session, inList: false), EverturnHttpJson.Default.ApprovalView)
            .ConfigureAwait(false);
    }
}
