using System.Runtime.CompilerServices;
using Everturn.Workflows.Storage;
using Microsoft.Extensions.Logging;

namespace Everturn.Workflows;

/// <summary>The engine that runs in this process, over any <see cref="IWorkflowStore"/>.</summary>
internal sealed partial class EmbeddedWorkflowEngine(
    IWorkflowStore store,
    InstanceHost host,
    WorkflowRegistry registry,
    EndWaiters waiters,
    IEnumerable<IInstanceGuard> guards,
    TimeProvider time,
    ILogger<EmbeddedWorkflowEngine> logger
) : IWorkflowEngine
{
    private const int LogBatch = 1_000;

    private readonly IInstanceGuard[] _guards = [.. guards];

    public EngineCapabilities Capabilities =>
        EngineCapabilities.Terminate
        | EngineCapabilities.Delete
        | EngineCapabilities.Pause
        | EngineCapabilities.Restart
        | EngineCapabilities.Rollback
        | EngineCapabilities.Subscribe
        | EngineCapabilities.Schedules
        | EngineCapabilities.ConcurrencyLimits;

    public IReadOnlyList<WorkflowDescription> Workflows { get; } =
    [
        .. registry.Newest.Select(workflow => new WorkflowDescription(workflow.Name, workflow.Version)
        {
            ConcurrencyLimit = workflow.Definition.ConcurrencyLimit,
            Retention = workflow.Definition.Retention,
            Schedules = [.. workflow.Definition.Schedules.Select(schedule => schedule.Cron)],
            IsInternal = workflow.IsInternal,
        }),
    ];

    public async Task<InstanceSnapshot> CreateAsync(
        CreateInstance instance,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(instance);
        registry.Get(instance.Key.Workflow);
        InstanceRules.Check(instance);
        return InstanceSnapshots.Of(await host.CreateAsync(instance, null, cancellationToken).ConfigureAwait(false));
    }

    public async Task<IReadOnlyList<InstanceSnapshot>> CreateBatchAsync(
        IReadOnlyList<CreateInstance> instances,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(instances);
        InstanceRules.CheckBatch(instances);
        var batch = instances.Select(instance => host.New(instance, null) with { CreationToken = null }).ToList();
        if (batch.Count > host.Capacity)
        {
            batch = batch.ConvertAll(instance => instance with { Owner = null });
        }

        var created = await CreateBatchAsync(batch, cancellationToken).ConfigureAwait(false);
        foreach (var record in created)
        {
            host.NotifyCreated(record);
        }

        return [.. created.Select(InstanceSnapshots.Of)];
    }

    public async Task<InstanceSnapshot> GetAsync(InstanceKey key, CancellationToken cancellationToken = default) =>
        InstanceSnapshots.Of(await FindAsync(key, cancellationToken).ConfigureAwait(false));

    public async Task<InstanceDetails> DescribeAsync(InstanceKey key, CancellationToken cancellationToken = default)
    {
        var history =
            await store.ReadAsync(key, cancellationToken).ConfigureAwait(false)
            ?? throw new InstanceNotFoundException(key);
        var log = new List<StoredLogEntry>();
        IReadOnlyList<StoredLogEntry> read;
        do
        {
            var after = log.Count == 0 ? 0 : log[^1].Number;
            read = await store.ReadLogAsync(key, after, LogBatch, cancellationToken).ConfigureAwait(false);
            log.AddRange(read);
        } while (read.Count >= LogBatch);

        return new InstanceDetails(InstanceSnapshots.Of(history.Record), StepSnapshots.Of(history, log))
        {
            ParamsJson = WorkflowPayloads.Decode(history.Record.Params),
            PendingEvents =
            [
                .. history.Events.Select(stored => new PendingEvent(stored.Sequence, stored.Type, stored.SentAt)),
            ],
        };
    }

    public async Task<InstanceSnapshot> WaitAsync(InstanceKey key, CancellationToken cancellationToken = default)
    {
        // Registered before the look, so that an end in between is not missed.
        var ended = waiters.WaitAsync(key);
        if (!host.IsActive(key))
        {
            var record = await store.FindAsync(key, cancellationToken).ConfigureAwait(false);
            if (record is null || record.Status.IsTerminal)
            {
                waiters.Ended(key, record);
            }
        }

        return InstanceSnapshots.Of(
            await ended.WaitAsync(cancellationToken).ConfigureAwait(false) ?? throw new InstanceNotFoundException(key)
        );
    }

    public async Task<InstancePage> ListAsync(InstanceQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        InstanceRules.Check(query);
        var found = await store
            .ListAsync(query with { Limit = query.Limit + 1 }, cancellationToken)
            .ConfigureAwait(false);
        InstanceSnapshot[] page = [.. found.Take(query.Limit).Select(InstanceSnapshots.Of)];
        return new(page, found.Count > query.Limit ? new(page[^1].CreatedAt, page[^1].Key) : null);
    }

    public async Task<IReadOnlyDictionary<InstanceStatus, long>> CountAsync(
        string workflow,
        string tenant = "",
        CancellationToken cancellationToken = default
    ) => await store.CountAsync(tenant, workflow, cancellationToken).ConfigureAwait(false);

    public async Task SendEventAsync(
        InstanceKey key,
        string type,
        ReadOnlyMemory<byte> payloadJson,
        CancellationToken cancellationToken = default
    )
    {
        WorkflowIdentifiers.CheckEventType(type);
        InstanceRules.CheckSize(payloadJson, "payload");
        var sent = new NewEvent(key, type, WorkflowPayloads.Encode(payloadJson), time.GetUtcMilliseconds());
        var sequence = await store.AppendEventAsync(sent, cancellationToken).ConfigureAwait(false);
        if (host.TryGetActive(key, out var execution))
        {
            execution.Offer(new StoredEvent(sequence, type, sent.Payload, sent.SentAt));
        }
        else
        {
            host.Wake();
        }
    }

    public async IAsyncEnumerable<InstanceLogEvent> SubscribeAsync(
        InstanceKey key,
        SubscribeOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        options ??= new();
        if (options.Cursor < 0)
        {
            throw new InvalidInputException("cursor", "must not be negative.");
        }

        await FindAsync(key, cancellationToken).ConfigureAwait(false);
        var subscription = new InstanceSubscription(store, time, key);
        await foreach (var logged in subscription.ReadAsync(options, cancellationToken).ConfigureAwait(false))
        {
            yield return logged;
        }
    }

    private async ValueTask<InstanceRecord> FindAsync(InstanceKey key, CancellationToken cancellationToken) =>
        await store.FindAsync(key, cancellationToken).ConfigureAwait(false) ?? throw new InstanceNotFoundException(key);

    private async ValueTask<IReadOnlyList<InstanceRecord>> CreateBatchAsync(
        List<NewInstance> batch,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await store.CreateBatchAsync(batch, cancellationToken).ConfigureAwait(false);
        }
        catch (OwnershipLostException) when (batch.Exists(instance => instance.Owner is not null))
        {
            // As for a single one: any host may take them.
            var unowned = batch.ConvertAll(instance => instance with { Owner = null });
            return await store.CreateBatchAsync(unowned, cancellationToken).ConfigureAwait(false);
        }
    }
}
