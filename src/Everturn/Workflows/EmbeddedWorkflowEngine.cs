using Everturn.Workflows.Storage;

namespace Everturn.Workflows;

/// <summary>The engine that runs in this process, over any <see cref="IWorkflowStore"/>.</summary>
internal sealed class EmbeddedWorkflowEngine(
    IWorkflowStore store,
    InstanceHost host,
    WorkflowRegistry registry,
    EndWaiters waiters,
    TimeProvider time
) : IWorkflowEngine
{
    public EngineCapabilities Capabilities => EngineCapabilities.Terminate | EngineCapabilities.Delete;

    public async Task<InstanceSnapshot> CreateAsync(
        CreateInstance instance,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(instance);
        registry.Get(instance.Key.Workflow);
        CheckSize(instance.ParamsJson, "params");
        var key = instance.Key.Id.Length == 0 ? instance.Key with { Id = ServerId.New(time) } : instance.Key;
        WorkflowIdentifiers.CheckInstanceId(key.Id);
        var created = await CreateAsync(
                new NewInstance(key, WorkflowPayloads.Encode(instance.ParamsJson), time.GetUtcMilliseconds())
                {
                    CreationToken = instance.CreationToken,
                    Owner = host.Claimant,
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        if (created.IsNew)
        {
            host.NotifyCreated(created.Record);
        }

        return Snapshot(created.Record);
    }

    public async Task<InstanceSnapshot> GetAsync(InstanceKey key, CancellationToken cancellationToken = default) =>
        Snapshot(
            await store.FindAsync(key, cancellationToken).ConfigureAwait(false)
                ?? throw new InstanceNotFoundException(key)
        );

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

        return Snapshot(
            await ended.WaitAsync(cancellationToken).ConfigureAwait(false) ?? throw new InstanceNotFoundException(key)
        );
    }

    public async Task<InstancePage> ListAsync(InstanceQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Limit is < 1 or > InstanceQuery.MaxLimit)
        {
            throw new InvalidInputException("limit", $"must be 1 to {InstanceQuery.MaxLimit}.");
        }

        if (query.After is { } after && after.Key.Tenant != query.Tenant)
        {
            throw new InvalidInputException("cursor", "belongs to another list.");
        }

        var found = await store
            .ListAsync(query with { Limit = query.Limit + 1 }, cancellationToken)
            .ConfigureAwait(false);
        InstanceSnapshot[] page = [.. found.Take(query.Limit).Select(Snapshot)];
        return new(page, found.Count > query.Limit ? new(page[^1].CreatedAt, page[^1].Key) : null);
    }

    public async Task SendEventAsync(
        InstanceKey key,
        string type,
        ReadOnlyMemory<byte> payloadJson,
        CancellationToken cancellationToken = default
    )
    {
        WorkflowIdentifiers.CheckEventType(type);
        CheckSize(payloadJson, "payload");
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

    public async Task TerminateAsync(InstanceKey key, CancellationToken cancellationToken = default)
    {
        await store.TerminateAsync(key, time.GetUtcMilliseconds(), cancellationToken).ConfigureAwait(false);
        if (host.TryGetActive(key, out var execution))
        {
            execution.TakeAway();
        }

        if (await store.FindAsync(key, CancellationToken.None).ConfigureAwait(false) is { } record)
        {
            host.Ended(record);
        }
    }

    public async Task DeleteAsync(InstanceKey key, CancellationToken cancellationToken = default)
    {
        await store.DeleteAsync(key, cancellationToken).ConfigureAwait(false);
        if (host.TryGetActive(key, out var execution))
        {
            execution.TakeAway();
        }

        waiters.Ended(key, null);
    }

    private static void CheckSize(ReadOnlyMemory<byte> json, string field)
    {
        if (json.Length > JournalRecord.MaxValueBytes)
        {
            throw new InvalidInputException(field, "is larger than 1 MiB.");
        }
    }

    private async ValueTask<CreatedInstance> CreateAsync(NewInstance instance, CancellationToken cancellationToken)
    {
        try
        {
            return await store.CreateAsync(instance, cancellationToken).ConfigureAwait(false);
        }
        catch (OwnershipLostException) when (instance.Owner is not null)
        {
            // This host was silent for so long that it counts as dead, and is not back yet: any host may take it.
            return await store.CreateAsync(instance with { Owner = null }, cancellationToken).ConfigureAwait(false);
        }
    }

    private InstanceSnapshot Snapshot(InstanceRecord record) =>
        new(record.Key, record.Status, record.CreatedAt)
        {
            EndedAt = record.EndedAt,
            WakeAt = record.WakeAt,
            Error = record.Error,
            OutputJson = record.Result is { } result ? WorkflowPayloads.Decode(result) : default,
            IsOwned = record.Owner is not null,
        };
}
