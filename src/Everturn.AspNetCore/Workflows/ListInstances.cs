using Everturn.Workflows;

namespace Everturn.AspNetCore.Workflows;

/// <summary><c>GET /workflows/{workflow}/instances</c>: the instances of a workflow, newest first.</summary>
internal static class ListInstances
{
    private static readonly InstanceStatus[] Statuses =
    [
        InstanceStatus.Queued,
        InstanceStatus.Running,
        InstanceStatus.Paused,
        InstanceStatus.Errored,
        InstanceStatus.Terminated,
        InstanceStatus.Complete,
        InstanceStatus.WaitingForPause,
        InstanceStatus.Waiting,
    ];

    public static async Task HandleAsync(WorkflowRequest request)
    {
        var query = Query(request);
        var page = new InstancePage([], Next: null);
        if (await WorkflowAccess.SeesListsAsync(request).ConfigureAwait(false))
        {
            page = await request.Engine.ListAsync(query, request.Aborted).ConfigureAwait(false);
            if (page.Instances.Count == 0)
            {
                await InsistAsync(request, query.Workflow!).ConfigureAwait(false);
            }
        }
        var readable = new List<InstanceView>(page.Instances.Count);
        foreach (var instance in page.Instances)
        {
            if (await WorkflowAccess.ReadsAsync(request, instance.Key).ConfigureAwait(false))
            {
                readable.Add(new InstanceView(instance));
            }
        }
        // A page may be shorter than asked for where somebody may not see all of it; its cursor goes on all the same.
        var response = new InstancesResponse(readable, page.Next is not null, page.Next?.ToString());
        await request.Response.WriteAsync(response, EverturnHttpJson.Default.InstancesResponse).ConfigureAwait(false);
    }

    private static InstanceQuery Query(WorkflowRequest request)
    {
        var query = request.Query;
        return new()
        {
            Tenant = request.Tenant,
            Workflow = request.Workflow(),
            Status = Status(query.Text("status")),
            IdPrefix = query.Text("idPrefix"),
            CreatedFrom = query.Time("createdFrom"),
            CreatedBefore = query.Time("createdBefore"),
            Limit = query.Limit(50),
            After = Cursor(request, query.Text("cursor")),
        };
    }

    private static InstanceCursor? Cursor(WorkflowRequest request, string? text)
    {
        if (text is null)
        {
            return null;
        }
        var cursor = InstanceCursor.Parse(text);
        return cursor.Key.Workflow == request.Route("workflow")
            ? cursor
            : throw new InvalidInputException("cursor", "belongs to another list.");
    }

    private static InstanceStatus? Status(string? name) =>
        name is null ? null
        : Array.Exists(Statuses, status => status.Value == name) ? new(name)
        : throw new InvalidInputException("status", $"It is one of {string.Join(", ", Statuses)}.");

    // A name that was mistyped is told from a workflow that has no such instances.
    private static async ValueTask InsistAsync(WorkflowRequest request, string workflow)
    {
        if (
            request.Describe(workflow) is null
            && (await request.Engine.CountAsync(workflow, request.Tenant, request.Aborted).ConfigureAwait(false)).Count
                == 0
        )
        {
            throw new HttpProblemException(WorkflowProblems.WorkflowNotFound(workflow));
        }
    }
}
