using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.AspNetCore.Workflows;

/// <summary>The routes of workflows and their instances (Cloudflare Workflows, the REST API).</summary>
internal static class WorkflowEndpoints
{
    private const string Instances = "{workflow}/instances";
    private const string Instance = Instances + "/{id}";

    public static void Map(IEndpointRouteBuilder workflows)
    {
        workflows
            .MapGet("", Handle(ListWorkflows.HandleAsync, EverturnAction.Read))
            .WithDisplayName("Everturn: list workflows");
        workflows
            .MapGet("{workflow}", Handle(GetWorkflow.HandleAsync, EverturnAction.Read))
            .WithDisplayName("Everturn: get workflow");
        workflows
            .MapGet(Instances, Handle(ListInstances.HandleAsync, EverturnAction.Read))
            .WithDisplayName("Everturn: list instances");
        workflows
            .MapPost(Instances, Handle(CreateInstances.HandleAsync, EverturnAction.Start))
            .WithDisplayName("Everturn: create instance");
        workflows
            .MapPost(Instances + "/batch", Handle(CreateInstances.HandleBatchAsync, EverturnAction.Start))
            .WithDisplayName("Everturn: create instances");
        workflows
            .MapPost(Instances + "/batch/delete", Handle(DeleteInstances.HandleBatchAsync, EverturnAction.Delete))
            .WithDisplayName("Everturn: delete instances");
        workflows
            .MapGet(Instance, Handle(GetInstance.HandleAsync, EverturnAction.Read))
            .WithDisplayName("Everturn: get instance");
        workflows
            .MapDelete(Instance, Handle(DeleteInstances.HandleAsync, EverturnAction.Delete))
            .WithDisplayName("Everturn: delete instance");
        workflows
            .MapPatch(Instance + "/status", Handle(ChangeStatus.HandleAsync, EverturnAction.Control))
            .WithDisplayName("Everturn: change status of instance");
        workflows
            .MapPost(Instance + "/events/{type}", Handle(SendEvent.HandleAsync, EverturnAction.Control))
            .WithDisplayName("Everturn: send event to instance");
        workflows
            .MapGet(Instance + "/subscribe", Handle(SubscribeInstance.HandleAsync, EverturnAction.Read))
            .WithDisplayName("Everturn: subscribe to instance");
    }

    private static RequestDelegate Handle(Func<WorkflowRequest, Task> handler, EverturnAction action) =>
        async http =>
        {
            try
            {
                var tenants = http.RequestServices.GetService<ITenantResolver>() ?? SingleTenantResolver.Instance;
                var request = new WorkflowRequest(http, await tenants.ResolveAsync(http).ConfigureAwait(false));
                await WorkflowAccess.CheckAsync(request, action).ConfigureAwait(false);
                await handler(request).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
            {
                // Whoever asked is gone. What was accepted goes on: a disconnect is not a cancel.
            }
            catch (Exception exception)
            {
                await ProblemAnswer.WriteAsync(http, exception, WorkflowProblems.From(exception)).ConfigureAwait(false);
            }
        };
}
