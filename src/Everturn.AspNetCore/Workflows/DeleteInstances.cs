using Everturn.AspNetCore.Sessions;
using Microsoft.AspNetCore.Http;

namespace Everturn.AspNetCore.Workflows;

/// <summary><c>DELETE /workflows/{workflow}/instances/{id}</c>, and <c>POST .../instances/batch/delete</c>.</summary>
internal static class DeleteInstances
{
    private const int MaxBytes = 64 * 1024;

    public static async Task HandleAsync(WorkflowRequest request)
    {
        await request.Engine.DeleteAsync(request.OwnKey(), request.Aborted).ConfigureAwait(false);
        request.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    public static async Task HandleBatchAsync(WorkflowRequest request)
    {
        var workflow = request.Workflow();
        WorkflowRequest.RefuseAgents(workflow);
        var bodies = await JsonBody
            .ReadAsync(request.Http.Request, EverturnHttpJson.Default.ListString, MaxBytes)
            .ConfigureAwait(false);
        var ids = bodies.Select((id, i) => RequestFields.Required(id, $"[{i}]")).ToList();
        foreach (var id in ids.Distinct())
        {
            await WorkflowAccess
                .DemandAsync(request, new(request.Tenant, workflow, id), EverturnAction.Delete)
                .ConfigureAwait(false);
        }
        var outcome = await request
            .Engine.DeleteBatchAsync(workflow, ids, request.Tenant, request.Aborted)
            .ConfigureAwait(false);
        var response = new DeletedInstancesResponse(
            [.. outcome.Deleted.Select(id => new DeletedInstance(id))],
            outcome.Errors
        );
        await request
            .Response.WriteAsync(response, EverturnHttpJson.Default.DeletedInstancesResponse)
            .ConfigureAwait(false);
    }
}
