namespace Everturn.Workflows;

/// <summary>A handle on one instance (Cloudflare Workflows, <c>WorkflowInstance</c>). Holds no resources.</summary>
public sealed class WorkflowInstance
{
    private readonly IWorkflowEngine _engine;

    internal WorkflowInstance(IWorkflowEngine engine, InstanceKey key)
    {
        _engine = engine;
        Key = key;
    }

    /// <summary>Tenant, workflow and id.</summary>
    public InstanceKey Key { get; }

    /// <summary>The instance's id.</summary>
    public string Id => Key.Id;

    /// <summary>The workflow's name.</summary>
    public string WorkflowName => Key.Workflow;

    /// <inheritdoc cref="IWorkflowEngine.GetAsync"/>
    public Task<InstanceSnapshot> StatusAsync(CancellationToken cancellationToken = default) =>
        _engine.GetAsync(Key, cancellationToken);

    /// <summary>Waits until the instance has ended and returns its output.</summary>
    /// <typeparam name="T">The workflow's result type.</typeparam>
    /// <param name="cancellationToken">Stops waiting, never the instance.</param>
    /// <exception cref="InstanceFailedException">It errored or was terminated.</exception>
    /// <exception cref="InstanceNotFoundException">It was deleted.</exception>
    public async Task<T> ResultAsync<T>(CancellationToken cancellationToken = default) =>
        (await _engine.WaitAsync(Key, cancellationToken).ConfigureAwait(false)).Output<T>();

    /// <summary>Sends an event. It is kept until a wait for its type receives it.</summary>
    /// <typeparam name="T">The payload's type.</typeparam>
    /// <param name="type">The event's type: 1 to 100 of <c>[A-Za-z0-9_-]</c>, not starting with a hyphen.</param>
    /// <param name="payload">What to send, at most 1 MiB as JSON.</param>
    /// <param name="cancellationToken">Stops waiting for acceptance.</param>
    /// <exception cref="InvalidInputException">The type breaks the rules or the payload is too large.</exception>
    /// <exception cref="InstanceFinishedException">The instance has ended.</exception>
    public Task SendEventAsync<T>(string type, T payload, CancellationToken cancellationToken = default) =>
        _engine.SendEventAsync(
            Key,
            type,
            System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(payload, EverturnJson.TypeInfo<T>()),
            cancellationToken
        );

    /// <inheritdoc cref="IWorkflowEngine.DescribeAsync"/>
    public Task<InstanceDetails> DescribeAsync(CancellationToken cancellationToken = default) =>
        _engine.DescribeAsync(Key, cancellationToken);

    /// <inheritdoc cref="IWorkflowEngine.PauseAsync"/>
    public Task PauseAsync(CancellationToken cancellationToken = default) => _engine.PauseAsync(Key, cancellationToken);

    /// <inheritdoc cref="IWorkflowEngine.ResumeAsync"/>
    public Task ResumeAsync(CancellationToken cancellationToken = default) =>
        _engine.ResumeAsync(Key, cancellationToken);

    /// <inheritdoc cref="IWorkflowEngine.TerminateAsync"/>
    public Task TerminateAsync(TerminateOptions? options = null, CancellationToken cancellationToken = default) =>
        _engine.TerminateAsync(Key, options, cancellationToken);

    /// <inheritdoc cref="IWorkflowEngine.RestartAsync"/>
    public Task RestartAsync(RestartOptions? options = null, CancellationToken cancellationToken = default) =>
        _engine.RestartAsync(Key, options, cancellationToken);

    /// <inheritdoc cref="IWorkflowEngine.DeleteAsync"/>
    public Task DeleteAsync(CancellationToken cancellationToken = default) =>
        _engine.DeleteAsync(Key, cancellationToken);

    /// <inheritdoc cref="IWorkflowEngine.SubscribeAsync"/>
    public IAsyncEnumerable<InstanceLogEvent> SubscribeAsync(
        SubscribeOptions? options = null,
        CancellationToken cancellationToken = default
    ) => _engine.SubscribeAsync(Key, options, cancellationToken);
}
