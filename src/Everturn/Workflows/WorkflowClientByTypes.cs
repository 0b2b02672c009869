namespace Everturn.Workflows;

/// <summary>The client that the container gives for a pair of types: that of the one workflow which has them.</summary>
internal sealed class WorkflowClientByTypes<TIn, TOut>(IWorkflowEngine engine, WorkflowRegistry registry)
    : IWorkflowClient<TIn, TOut>
{
    private readonly WorkflowClient<TIn, TOut> _client = new(engine, NameIn(registry));

    public string WorkflowName => _client.WorkflowName;

    public Task<WorkflowInstance> CreateAsync(
        TIn parameters,
        string? id = null,
        string? creationToken = null,
        CancellationToken cancellationToken = default
    ) => _client.CreateAsync(parameters, id, creationToken, cancellationToken);

    public Task<WorkflowInstance> CreateAsync(
        TIn parameters,
        WorkflowCreateOptions options,
        CancellationToken cancellationToken = default
    ) => _client.CreateAsync(parameters, options, cancellationToken);

    public Task<IReadOnlyList<WorkflowInstance>> CreateBatchAsync(
        IReadOnlyList<WorkflowBatchItem<TIn>> batch,
        CancellationToken cancellationToken = default
    ) => _client.CreateBatchAsync(batch, cancellationToken);

    public Task<DeletedBatch> DeleteBatchAsync(
        IReadOnlyList<string> ids,
        CancellationToken cancellationToken = default
    ) => _client.DeleteBatchAsync(ids, cancellationToken);

    public Task<InstancePage> ListAsync(InstanceQuery? query = null, CancellationToken cancellationToken = default) =>
        _client.ListAsync(query, cancellationToken);

    public Task<WorkflowInstance> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _client.GetAsync(id, cancellationToken);

    public Task<TOut> RunAsync(TIn parameters, string? id = null, CancellationToken cancellationToken = default) =>
        _client.RunAsync(parameters, id, cancellationToken);

    private static string NameIn(WorkflowRegistry registry)
    {
        string[] names =
        [
            .. registry
                .Newest.Where(workflow => workflow.ParamsType == typeof(TIn) && workflow.ResultType == typeof(TOut))
                .Select(workflow => workflow.Name),
        ];
        return names switch
        {
            [var name] => name,
            [] => throw new InvalidOperationException(
                $"No registered workflow takes {typeof(TIn).Name} and returns {typeof(TOut).Name}."
            ),
            _ => throw new InvalidOperationException(
                $"Several workflows take {typeof(TIn).Name} and return {typeof(TOut).Name}: {string.Join(", ", names)}. "
                    + "Ask for one with its name as key, or from IWorkflowEngine.Client."
            ),
        };
    }
}
