using System.Diagnostics;
using Everturn.Workflows.Storage;

namespace Everturn.Workflows;

/// <content>Creating instances, for the engine, for schedules and for parents.</content>
internal sealed partial class InstanceHost
{
    /// <summary>Creates an instance, here if there is room.</summary>
    /// <exception cref="WorkflowNotFoundException">The workflow is not registered.</exception>
    public async Task<InstanceRecord> CreateAsync(
        CreateInstance instance,
        InstanceOrigin? origin,
        CancellationToken cancellationToken
    )
    {
        var created = await CreateAsync(New(instance, origin), cancellationToken).ConfigureAwait(false);
        if (created.IsNew)
        {
            NotifyCreated(created.Record);
        }

        return created.Record;
    }

    public Task CreateChildAsync(CreateInstance child, InstanceOrigin origin, CancellationToken cancellationToken)
    {
        InstanceRules.Check(child);
        return CreateAsync(child, origin, cancellationToken);
    }

    /// <summary>The instance as the store is to create it.</summary>
    public NewInstance New(CreateInstance instance, InstanceOrigin? origin)
    {
        var registration = registry.Get(instance.Key.Workflow);
        var key = instance.Key.Id.Length == 0 ? instance.Key with { Id = ServerId.New(time) } : instance.Key;
        if (instance.Retention is not null || Activity.Current is not null)
        {
            origin = (origin ?? new InstanceOrigin()) with
            {
                Retention = instance.Retention ?? origin?.Retention,
                Trace = Activity.Current?.Id,
            };
        }

        return new NewInstance(key, WorkflowPayloads.Encode(instance.ParamsJson), time.GetUtcMilliseconds())
        {
            CreationToken = instance.CreationToken,
            DefinitionVersion = registration.Version,
            Origin = origin,
            // What has a limit starts by a claim, which counts.
            Owner = registration.Definition.ConcurrencyLimit is null ? Claimant : null,
        };
    }

    /// <summary>When an instance that ends is to be removed.</summary>
    public DateTimeOffset? ExpiresAt(InstanceRecord record, InstanceStatus status, DateTimeOffset endedAt)
    {
        var retention =
            record.Origin?.Retention
            ?? (registry.TryGet(record.Key.Workflow, out var registration) ? registration!.Definition.Retention : null)
            ?? InstanceRetention.Default;
        return retention.ExpiresAt(status, endedAt);
    }

    /// <summary>Removes an instance, and stops it if it runs here.</summary>
    /// <exception cref="InstanceNotFoundException">There is no such instance.</exception>
    public async Task DeleteAsync(InstanceKey key, CancellationToken cancellationToken)
    {
        var record =
            await store.FindAsync(key, cancellationToken).ConfigureAwait(false)
            ?? throw new InstanceNotFoundException(key);
        var notify = record.Origin is { Parent: { } parent, ParentEvent: { } type }
            ? new NewEvent(parent, type, ChildNotice.Deleted.Encode(), time.GetUtcMilliseconds())
            : null;
        await store.DeleteAsync(key, notify, cancellationToken).ConfigureAwait(false);
        await LeaveAsync(key).ConfigureAwait(false);
        waiters.Ended(key, null);
        if (notify is not null)
        {
            Notified(notify.Key);
        }
    }

    /// <summary>An event was stored for an instance by somebody who does not know its number.</summary>
    public void Notified(InstanceKey key)
    {
        if (TryGetActive(key, out var execution))
        {
            _ = OfferAsync(execution);
        }
        else
        {
            Wake();
        }
    }

    /// <summary>Gives an execution all events that are stored for it.</summary>
    public async Task OfferAsync(InstanceExecution execution)
    {
        try
        {
            if (await store.ReadAsync(execution.Record.Key).ConfigureAwait(false) is { } history)
            {
                foreach (var stored in history.Events)
                {
                    execution.Offer(stored);
                }
            }
        }
        catch (EverturnException exception)
        {
            // The next poll looks again.
            health.LookedForWork(exception);
        }
    }

    private WorkflowRegistration RegistrationOf(InstanceRecord record) =>
        registry.Get(record.Key.Workflow, record.DefinitionVersion);

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
}
