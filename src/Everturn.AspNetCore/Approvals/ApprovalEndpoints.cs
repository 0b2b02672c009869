using Everturn.AspNetCore.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Everturn.AspNetCore.Approvals;

/// <summary>The routes of approvals. Each handler checks the session that the call belongs to.</summary>
internal static class ApprovalEndpoints
{
    public static void Map(IEndpointRouteBuilder approvals)
    {
        approvals
            .MapGet("", SessionEndpoints.Handle(ListApprovals.HandleAsync, EverturnAction.Read))
            .WithDisplayName("Everturn: list approvals");
        approvals
            .MapGet("{approvalId}", SessionEndpoints.Handle(GetApproval.HandleAsync, EverturnAction.Read))
            .WithDisplayName("Everturn: get approval");
        approvals
            .MapPost("{approvalId}", SessionEndpoints.Handle(AnswerApproval.HandleAsync, EverturnAction.Approve))
            .WithDisplayName("Everturn: answer approval");
        approvals
            .MapDelete("{approvalId}/grant", SessionEndpoints.Handle(RevokeGrant.HandleAsync, EverturnAction.Approve))
            .WithDisplayName("Everturn: revoke grant");
    }
}
