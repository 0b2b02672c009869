using System.Text.Json;

namespace Everturn.Workflows;

/// <summary>One workflow of an engine, typed.</summary>
internal sealed class WorkflowClient<TIn, TOut>(IWorkflowEngine engine, string workflowName)
    : IWorkflowClient<TIn, TOut>
{
    public string WorkflowName => workflowName;

    public async Task<WorkflowInstance> CreateAsync(
        TIn parameters,
        string? id = null,
        string? creationToken = null,
        CancellationToken cancellationToken = default
    )
    {
        if (id is not null)
        {
            WorkflowIdentifiers.CheckUserInstanceId(id);
        }

        var created = await engine
            .CreateAsync(
                new CreateInstance(new InstanceKey(workflowName, id ?? ""))
                {
                    ParamsJson = JsonSerializer.SerializeToUtf8Bytes(parameters, EverturnJson.TypeInfo<TIn>()),
                    CreationToken = creationToken,
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return new WorkflowInstance(engine, created.Key);
    }

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
}
