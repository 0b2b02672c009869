using Everturn.Workflows.Storage;

namespace Everturn.Workflows;

/// <content>Pause, resume, terminate, restart, delete.</content>
internal sealed partial class EmbeddedWorkflowEngine
{
    public async Task PauseAsync(InstanceKey key, CancellationToken cancellationToken = default)
    {
        Check(key);
        await store.PauseAsync(key, time.GetUtcMilliseconds(), cancellationToken).ConfigureAwait(false);
        if (host.TryGetActive(key, out var execution))
        {
            execution.Pause(isPausing: true);
        }
    }

    public async Task ResumeAsync(InstanceKey key, CancellationToken cancellationToken = default)
    {
        Check(key);
        await store.ResumeAsync(key, time.GetUtcMilliseconds(), cancellationToken).ConfigureAwait(false);
        if (host.TryGetActive(key, out var execution))
        {
            execution.Pause(isPausing: false);
        }

        host.Wake();
    }

    public async Task TerminateAsync(
        InstanceKey key,
        TerminateOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        Check(key);
        var isCaller = IsCaller(key);
        var record = await FindAsync(key, cancellationToken).ConfigureAwait(false);
        var at = time.GetUtcMilliseconds();
        var termination = new InstanceTermination(key, at) { Rollback = options?.Rollback ?? false };
        if (!termination.Rollback)
        {
            termination = termination with
            {
                ExpiresAt = host.ExpiresAt(record, InstanceStatus.Terminated, at),
                Notify = ChildNotice.For(record, InstanceStatus.Terminated, default, null, at),
            };
        }

        await store.TerminateAsync(termination, cancellationToken).ConfigureAwait(false);
        if (termination.Rollback)
        {
            BeginRollback(key);
        }
        else
        {
            await EndedAsync(key, termination.Notify).ConfigureAwait(false);
        }

        StopCaller(isCaller, key, "terminated");
    }

    public async Task RestartAsync(
        InstanceKey key,
        RestartOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        Check(key);
        var restart = new InstanceRestart(key, time.GetUtcMilliseconds());
        if (options?.From is { } from)
        {
            WorkflowIdentifiers.CheckStepName(from.Name);
            if (from.Count < 1)
            {
                throw new InvalidInputException("from.count", "must be 1 or more.");
            }

            restart = restart with
            {
                From = new JournalKey(new((from.Kind ?? StepKind.Do).Value), from.Name, from.Count),
            };
        }

        var isCaller = IsCaller(key);
        await store.RestartAsync(restart, cancellationToken).ConfigureAwait(false);
        await host.LeaveAsync(key).ConfigureAwait(false);
        host.Wake();
        StopCaller(isCaller, key, "restarted");
    }

    public async Task DeleteAsync(InstanceKey key, CancellationToken cancellationToken = default)
    {
        Check(key);
        var isCaller = IsCaller(key);
        await host.DeleteAsync(key, cancellationToken).ConfigureAwait(false);
        StopCaller(isCaller, key, "deleted");
    }

    public async Task<DeletedBatch> DeleteBatchAsync(
        string workflow,
        IReadOnlyList<string> ids,
        string tenant = "",
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(ids);
        WorkflowIdentifiers.CheckWorkflowName(workflow);
        InstanceRules.CheckDeleteBatch(ids);
        Check(new InstanceKey(tenant, workflow, ids[0]));
        var errors = new Dictionary<string, DeleteError?>(StringComparer.Ordinal);
        InstanceKey? caller = null;
        foreach (var id in ids)
        {
            if (!errors.ContainsKey(id))
            {
                var key = new InstanceKey(tenant, workflow, id);
                caller = IsCaller(key) ? key : caller;
                errors[id] = await TryDeleteAsync(key, cancellationToken).ConfigureAwait(false);
            }
        }

        StopCaller(caller is { } self && errors[self.Id] is null, caller.GetValueOrDefault(), "deleted");
        return new DeletedBatch(
            [.. ids.Where(id => errors[id] is null)],
            [.. ids.Select(id => errors[id]).OfType<DeleteError>()]
        );
    }

    private async Task<DeleteError?> TryDeleteAsync(InstanceKey key, CancellationToken cancellationToken)
    {
        try
        {
            await host.DeleteAsync(key, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (InstanceNotFoundException)
        {
            return DeleteError.NotFound(key.Id);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            WorkflowLog.DeleteFailed(logger, key, exception);
            return DeleteError.Internal(key.Id);
        }
    }

    private void BeginRollback(InstanceKey key)
    {
        if (host.TryGetActive(key, out var execution))
        {
            execution.Terminate();
        }

        host.Wake();
    }

    private async Task EndedAsync(InstanceKey key, NewEvent? notify)
    {
        await host.LeaveAsync(key).ConfigureAwait(false);
        if (await store.FindAsync(key, CancellationToken.None).ConfigureAwait(false) is { } record)
        {
            host.Ended(record);
        }

        if (notify is not null)
        {
            host.Notified(notify.Key);
        }
    }

    private bool IsCaller(InstanceKey key) => host.TryGetActive(key, out var execution) && execution.IsCaller;

    /// <summary>Code of an instance that put an end to itself does not go on.</summary>
    private static void StopCaller(bool isCaller, InstanceKey key, string what)
    {
        if (isCaller)
        {
            throw new OperationCanceledException($"Instance {key} {what} itself.");
        }
    }

    private void Check(InstanceKey key)
    {
        foreach (var guard in _guards)
        {
            guard.Check(key);
        }
    }
}
