using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Workflows;

/// <summary>One workflow of an engine, typed.</summary>
internal sealed class WorkflowClient<TIn, TOut>(IWorkflowEngine engine, [ServiceKey] string workflowName)
    : IWorkflowClient<TIn, TOut>
{
    public string WorkflowName => workflowName;

    public Task<WorkflowInstance> CreateAsync(
        TIn parameters,
        string? id = null,
        string? creationToken = null,
        CancellationToken cancellationToken = default
    ) => CreateAsync(parameters, new() { Id = id, CreationToken = creationToken }, cancellationToken);

    public async Task<WorkflowInstance> CreateAsync(
        TIn parameters,
        WorkflowCreateOptions options,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        var created = await engine.CreateAsync(New(parameters, options), cancellationToken).ConfigureAwait(false);
        return new WorkflowInstance(engine, created.Key);
    }

    public async Task<IReadOnlyList<WorkflowInstance>> CreateBatchAsync(
        IReadOnlyList<WorkflowBatchItem<TIn>> batch,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(batch);
        var created = await engine
            .CreateBatchAsync(
                [.. batch.Select(item => New(item.Parameters, new() { Id = item.Id, Retention = item.Retention }))],
                cancellationToken
            )
            .ConfigureAwait(false);
        return [.. created.Select(snapshot => new WorkflowInstance(engine, snapshot.Key))];
    }

    public Task<DeletedBatch> DeleteBatchAsync(
        IReadOnlyList<string> ids,
        CancellationToken cancellationToken = default
    ) => engine.DeleteBatchAsync(workflowName, ids, cancellationToken: cancellationToken);

    public Task<InstancePage> ListAsync(InstanceQuery? query = null, CancellationToken cancellationToken = default) =>
        engine.ListAsync((query ?? new()) with { Workflow = workflowName }, cancellationToken);

    public async Task<WorkflowInstance> GetAsync(string id, CancellationToken cancellationToken = default)
    {
        var found = await engine.GetAsync(new(workflowName, id), cancellationToken).ConfigureAwait(false);
        return new WorkflowInstance(engine, found.Key);
    }

    public async Task<TOut> RunAsync(TIn parameters, string? id = null, CancellationToken cancellationToken = default)
    {
        var instance = await CreateAsync(parameters, id, null, cancellationToken).ConfigureAwait(false);
        return await instance.ResultAsync<TOut>(cancellationToken).ConfigureAwait(false);
    }

    private CreateInstance New(TIn parameters, WorkflowCreateOptions options)
    {
        if (options.Id is not null)
        {
            WorkflowIdentifiers.CheckUserInstanceId(options.Id);
        }

        return new CreateInstance(new InstanceKey(workflowName, options.Id ?? ""))
        {
            ParamsJson = JsonSerializer.SerializeToUtf8Bytes(parameters, EverturnJson.TypeInfo<TIn>()),
            CreationToken = options.CreationToken,
            Retention = options.Retention,
        };
    }
}
