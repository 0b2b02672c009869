using System.Text.Json;
using Everturn.Agents;
using Everturn.AspNetCore.Sessions;
using Everturn.Workflows;
using Microsoft.AspNetCore.Http;

namespace Everturn.AspNetCore.Workflows;

/// <summary><c>POST /workflows/{workflow}/instances</c> and <c>/instances/batch</c>.</summary>
internal static class CreateInstances
{
    // Room for what is around the parameters, which have limits of their own.
    private const int MaxBytes = CreateInstance.MaxBatchBytes + (256 * 1024);

    public static async Task HandleAsync(WorkflowRequest request)
    {
        var workflow = request.Workflow();
        var body =
            await JsonBody
                .ReadOptionalAsync(request.Http.Request, EverturnHttpJson.Default.CreateInstanceRequest, MaxBytes)
                .ConfigureAwait(false)
            ?? new();
        var requestId = RequestFields.RequestId(body.RequestId, RequestFields.IdempotencyKey(request.Http));
        if (requestId is not null && body.Id is null)
        {
            throw new InvalidInputException("id", "It is required with a request id: what is repeated needs one id.");
        }
        var instance = Read(request, workflow, body, "") with { CreationToken = requestId };
        await WorkflowAccess.DemandAsync(request, instance.Key, EverturnAction.Start).ConfigureAwait(false);
        WorkflowRequest.RefuseAgents(workflow);
        WorkflowParams.Check(request, workflow, body.Params, "params");
        var created = await request.Engine.CreateAsync(instance, request.Aborted).ConfigureAwait(false);
        if (requestId is not null)
        {
            await RefuseOtherParamsAsync(request, created.Key, body.Params, requestId).ConfigureAwait(false);
        }
        var http = request.Http.Request;
        request.Response.Headers.Location =
            $"{http.PathBase}{http.Path.ToUriComponent().TrimEnd('/')}/{created.Key.Id}";
        await request
            .Response.WriteAsync(
                new InstanceView(created),
                EverturnHttpJson.Default.InstanceView,
                StatusCodes.Status201Created
            )
            .ConfigureAwait(false);
    }

    public static async Task HandleBatchAsync(WorkflowRequest request)
    {
        var workflow = request.Workflow();
        var bodies = await JsonBody
            .ReadAsync(request.Http.Request, EverturnHttpJson.Default.ListCreateInstanceRequest, MaxBytes)
            .ConfigureAwait(false);
        var instances = new List<CreateInstance>(bodies.Count);
        for (var i = 0; i < bodies.Count; i++)
        {
            var body = RequestFields.Required(bodies[i], $"[{i}]");
            if (body.RequestId is not null)
            {
                throw new InvalidInputException($"[{i}].requestId", "A batch has none: ids that exist are left out.");
            }
            instances.Add(Read(request, workflow, body, $"[{i}]."));
        }
        foreach (var instance in instances)
        {
            await WorkflowAccess.DemandAsync(request, instance.Key, EverturnAction.Start).ConfigureAwait(false);
        }
        WorkflowRequest.RefuseAgents(workflow);
        for (var i = 0; i < bodies.Count; i++)
        {
            WorkflowParams.Check(request, workflow, bodies[i]!.Params, $"[{i}].params");
        }
        var created = await request.Engine.CreateBatchAsync(instances, request.Aborted).ConfigureAwait(false);
        var response = new CreatedInstancesResponse([.. created.Select(instance => new InstanceView(instance))]);
        await request
            .Response.WriteAsync(
                response,
                EverturnHttpJson.Default.CreatedInstancesResponse,
                StatusCodes.Status201Created
            )
            .ConfigureAwait(false);
    }

    /// <summary>What is repeated says the same; an instance of another body is not what was asked for.</summary>
    private static async Task RefuseOtherParamsAsync(
        WorkflowRequest request,
        InstanceKey key,
        JsonElement? asked,
        string requestId
    )
    {
        var details = await request.Engine.DescribeAsync(key, request.Aborted).ConfigureAwait(false);
        var created = RawJson.Read(details.ParamsJson);
        var isSame =
            created is { } first && asked is { } second
                ? JsonElement.DeepEquals(first, second)
                : created is null && asked is null;
        if (!isSame)
        {
            throw new RequestConflictException(requestId);
        }
    }

    private static CreateInstance Read(
        WorkflowRequest request,
        string workflow,
        CreateInstanceRequest body,
        string prefix
    )
    {
        if (body.Id is not null)
        {
            WorkflowIdentifiers.CheckUserInstanceId(body.Id, prefix + "id");
        }
        var otherwise = request.Describe(workflow)?.Retention ?? InstanceRetention.Default;
        return new(new InstanceKey(request.Tenant, workflow, body.Id ?? ""))
        {
            ParamsJson = RawJson.Write(body.Params),
            Retention = body.Retention?.Read(otherwise, prefix + "retention"),
        };
    }
}
