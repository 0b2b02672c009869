namespace Everturn.AspNetCore.Workflows;

/// <summary><c>GET /workflows/{workflow}/instances/{id}</c>: an instance with the progress of its steps.</summary>
internal static class GetInstance
{
    public static async Task HandleAsync(WorkflowRequest request)
    {
        var details = await request.Engine.DescribeAsync(request.Key(), request.Aborted).ConfigureAwait(false);
        var view = new InstanceDetailsView(details, request.Service<TimeProvider>().GetUtcNow());
        await request.Response.WriteAsync(view, EverturnHttpJson.Default.InstanceDetailsView).ConfigureAwait(false);
    }
}
