namespace Everturn.AspNetCore.Workflows;

/// <summary><c>GET /workflows/{workflow}</c>: one workflow, with how many instances it has.</summary>
internal static class GetWorkflow
{
    public static async Task HandleAsync(WorkflowRequest request)
    {
        var name = request.Workflow();
        var known = request.Describe(name);
        var mayRead = await WorkflowAccess.ReadsAsync(request, new(request.Tenant, name, "")).ConfigureAwait(false);
        var counts = mayRead
            ? await request.Engine.CountAsync(name, request.Tenant, request.Aborted).ConfigureAwait(false)
            : null;
        // One that only another host has code for, or an earlier version had, is there while instances of it are.
        if (counts is null || (known is null && counts.Count == 0))
        {
            throw new HttpProblemException(WorkflowProblems.WorkflowNotFound(name));
        }
        await request
            .Response.WriteAsync(WorkflowView.Of(name, known, counts), EverturnHttpJson.Default.WorkflowView)
            .ConfigureAwait(false);
    }
}
