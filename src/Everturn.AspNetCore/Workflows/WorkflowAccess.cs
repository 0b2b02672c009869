using Everturn.Workflows;

namespace Everturn.AspNetCore.Workflows;

/// <summary>
/// Who may do what with workflows. An instance belongs to nobody, so the default rules give none to anybody who is
/// signed in.
/// </summary>
internal static class WorkflowAccess
{
    /// <summary>Checks a request for the instance in its path. Routes without one ask for what they are about.</summary>
    /// <exception cref="HttpProblemException">It is not allowed.</exception>
    public static async ValueTask CheckAsync(WorkflowRequest request, EverturnAction action)
    {
        if (request.Authorization.IsOpen || !request.Has("id"))
        {
            return;
        }
        var key = request.Key();
        await request
            .Authorization.DemandAsync(Resource(key), action, WorkflowProblems.InstanceNotFound(key))
            .ConfigureAwait(false);
    }

    /// <summary>Insists on an action that no record has to exist for.</summary>
    /// <exception cref="HttpProblemException">It is not allowed: 403.</exception>
    public static async ValueTask DemandAsync(WorkflowRequest request, InstanceKey key, EverturnAction action)
    {
        var resource = Resource(key) with { Exists = action != EverturnAction.Start };
        if (
            !request.Authorization.IsOpen
            && !await request.Authorization.AllowsAsync(resource, action).ConfigureAwait(false)
        )
        {
            throw new HttpProblemException(Problems.Forbidden(resource, action));
        }
    }

    /// <summary>Whether lists have anything for the caller.</summary>
    public static async ValueTask<bool> SeesListsAsync(WorkflowRequest request)
    {
        var authorization = request.Authorization;
        // What is narrowed to a user's has none that are nobody's.
        return authorization.IsOpen
            || (
                await authorization.GetScopeAsync(EverturnResourceKind.Workflow, request.Tenant).ConfigureAwait(false)
            ).IsAll;
    }

    /// <summary>Whether the caller may see an instance, or with an empty id its workflow.</summary>
    public static async ValueTask<bool> ReadsAsync(WorkflowRequest request, InstanceKey key) =>
        request.Authorization.IsOpen
        || await request.Authorization.AllowsAsync(Resource(key), EverturnAction.Read).ConfigureAwait(false);

    private static EverturnResource Resource(InstanceKey key) =>
        new()
        {
            Kind = EverturnResourceKind.Workflow,
            Tenant = key.Tenant,
            Id = key.Id,
            Type = key.Workflow,
        };
}
