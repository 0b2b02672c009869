using Microsoft.AspNetCore.Http;

namespace Everturn.AspNetCore.OpenApi;

/// <summary>What the document says about the routes of approvals. A test compares it with the routes.</summary>
internal static class ApprovalOperations
{
    private static readonly EverturnHttpJson Json = EverturnHttpJson.Default;

    /// <summary>What goes wrong with answers.</summary>
    public static readonly int[] OfAnswers =
    [
        StatusCodes.Status409Conflict,
        StatusCodes.Status413PayloadTooLarge,
        StatusCodes.Status415UnsupportedMediaType,
    ];

    public static IReadOnlyList<ApiOperation> All { get; } =
    [
        new("GET", "", "listApprovals", "Calls that wait for somebody outside, those asked first first")
        {
            Description =
                "Shows those of sessions and workflow instances that the caller may read. A page may be shorter than asked for; `hasMore` says "
                + "whether to go on.",
            Parameters =
            [
                new(
                    "status",
                    """{"type":"string","enum":["pending","approved","denied","answered","expired","withdrawn"],"default":"pending"}""",
                    "Only with this status."
                ),
                ApiParameter.Text("agentType", "Only of this agent's sessions."),
                ApiParameter.Text("sessionId", "Only of this session."),
                ApiParameter.Text("workflow", "Only of this workflow's instances."),
                ApiParameter.Text("userId", "Only of this user's sessions, and those that an instance asks them."),
                ApiParameter.Limit(50),
                ApiParameter.Cursor,
            ],
            Responses = [new(Json.ApprovalsResponse, "A page of calls.")],
        },
        new("GET", "/{approvalId}", "getApproval", "One call, with its arguments")
        {
            Responses = [new(Json.ApprovalView, "The call.")],
        },
        new("POST", "/{approvalId}", "answerApproval", "Answers a call; the first answer counts")
        {
            Body = new(Json.ToolAnswerRequest),
            Responses = [new(Json.ToolAnswerResponse, "The answer is durable, or was before.")],
            Problems = OfAnswers,
        },
        new("DELETE", "/{approvalId}/grant", "revokeGrant", "Makes further calls of the tool need approval again")
        {
            Responses = [new(Json.ApprovalView, "The approval without its grant.")],
        },
    ];
}
