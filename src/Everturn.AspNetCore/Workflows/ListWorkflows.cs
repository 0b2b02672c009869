namespace Everturn.AspNetCore.Workflows;

/// <summary><c>GET /workflows</c>: the workflows that this host has code for, by name.</summary>
internal static class ListWorkflows
{
    public static async Task HandleAsync(WorkflowRequest request)
    {
        var withAgents = request.Query.Flag("agents");
        var workflows = new List<WorkflowView>();
        if (await WorkflowAccess.SeesListsAsync(request).ConfigureAwait(false))
        {
            foreach (var known in request.Engine.Workflows.Where(known => withAgents || !known.IsInternal))
            {
                if (await WorkflowAccess.ReadsAsync(request, new(request.Tenant, known.Name, "")).ConfigureAwait(false))
                {
                    var counts = await request
                        .Engine.CountAsync(known.Name, request.Tenant, request.Aborted)
                        .ConfigureAwait(false);
                    workflows.Add(WorkflowView.Of(known.Name, known, counts));
                }
            }
        }
        await request
            .Response.WriteAsync(new(workflows), EverturnHttpJson.Default.WorkflowsResponse)
            .ConfigureAwait(false);
    }
}
