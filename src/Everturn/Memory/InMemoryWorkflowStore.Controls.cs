using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Memory;

/// <content>Transitions: by the owner and from outside.</content>
public sealed partial class InMemoryWorkflowStore
{
    /// <inheritdoc/>
    public ValueTask PauseAsync(InstanceKey key, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        Write(() =>
        {
            var instance = Get(key);
            var record = instance.Record;
            if (record.Status.IsTerminal)
            {
                throw new InstanceFinishedException(key, record.Status, StoreMessages.CannotPause);
            }

            if (record.Status == InstanceStatus.Paused || record.Status == InstanceStatus.WaitingForPause)
            {
                return;
            }

            var next = record.Owner is null
                ? record with
                {
                    Status = InstanceStatus.Paused,
                    PausedAt = at,
                    WakeAt = null,
                }
                : record with
                {
                    Status = InstanceStatus.WaitingForPause,
                };
            Change(instance, next, at);
        });

    /// <inheritdoc/>
    public ValueTask ResumeAsync(InstanceKey key, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        Write(() =>
        {
            var instance = Get(key);
            var record = instance.Record;
            if (record.Status == InstanceStatus.WaitingForPause)
            {
                Change(instance, record with { Status = InstanceStatus.Running }, at);
            }
            else if (record.Status == InstanceStatus.Paused)
            {
                Shift(instance, at - (record.PausedAt ?? at));
                Change(
                    instance,
                    record with
                    {
                        Status = InstanceStatus.Queued,
                        PausedAt = null,
                        Error = null,
                        WakeAt = at,
                        ClaimCount = 0,
                    },
                    at
                );
            }
        });

    /// <inheritdoc/>
    public ValueTask TerminateAsync(InstanceTermination termination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(termination);
        return Write(() =>
        {
            var (key, at) = termination;
            var instance = Get(key);
            var record = instance.Record;
            if (record.Status.IsTerminal)
            {
                throw new InstanceFinishedException(key, record.Status, StoreMessages.CannotTerminate);
            }

            if (termination.Rollback)
            {
                Store(instance, Terminating(record, at));
                return;
            }

            instance.Events.Clear();
            Change(
                instance,
                record with
                {
                    Status = InstanceStatus.Terminated,
                    EndedAt = at,
                    ExpiresAt = termination.ExpiresAt,
                    PausedAt = null,
                    Error = null,
                    Owner = null,
                    OwnerEpoch = record.OwnerEpoch + 1,
                    WakeAt = null,
                },
                at
            );
            instance.Withdraw(at);
            Notify(termination.Notify);
        });
    }

    /// <inheritdoc/>
    public ValueTask RestartAsync(InstanceRestart restart, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(restart);
        return Write(() =>
        {
            var instance = Get(restart.Key);
            if (!instance.TryForget(restart.From))
            {
                throw new InstanceConflictException(
                    restart.Key,
                    StoreMessages.CannotRestart(restart.From.GetValueOrDefault().Name)
                );
            }

            Change(
                instance,
                instance.Record with
                {
                    Status = InstanceStatus.Queued,
                    Result = null,
                    Error = null,
                    Rollback = null,
                    IsTerminating = false,
                    StartedAt = null,
                    EndedAt = null,
                    ExpiresAt = null,
                    PausedAt = null,
                    Owner = null,
                    OwnerEpoch = instance.Record.OwnerEpoch + 1,
                    ClaimCount = 0,
                    WakeAt = restart.At,
                },
                restart.At
            );
            instance.Withdraw(restart.At);
            instance.Reopen();
        });
    }

    /// <inheritdoc/>
    public ValueTask DeleteAsync(
        InstanceKey key,
        NewEvent? notify = null,
        CancellationToken cancellationToken = default
    ) =>
        Write(() =>
        {
            var instance = Get(key);
            Remove(instance);
            if (!instance.Record.Status.IsTerminal)
            {
                Notify(notify);
            }
        });

    /// <inheritdoc/>
    public ValueTask<int> SweepAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        Write(() =>
        {
            var expired = _instances
                .Values.Where(instance => instance.Record.ExpiresAt <= now)
                .OrderBy(instance => instance.Record.ExpiresAt)
                .Take(limit)
                .ToList();
            expired.ForEach(Remove);
            return expired.Count;
        });

    /// <inheritdoc/>
    public ValueTask<int> ReleaseOrphansAsync(DateTimeOffset now, CancellationToken cancellationToken = default) =>
        Write(() =>
        {
            var orphans = _instances
                .Values.Where(instance => instance.Record.Owner is { } owner && !nodes.IsLive(owner))
                .ToList();
            foreach (var orphan in orphans)
            {
                var released = orphan.Record with { Owner = null };
                if (released.Status == InstanceStatus.WaitingForPause)
                {
                    Change(orphan, released with { Status = InstanceStatus.Paused, PausedAt = now }, now);
                }
                else
                {
                    Store(orphan, released with { Status = InstanceStatus.Queued, WakeAt = now });
                }
            }

            return orphans.Count;
        });

    private static void Shift(MemoryInstance instance, TimeSpan pause)
    {
        foreach (var record in instance.Journal.Values.ToList())
        {
            // What somebody outside was told of a deadline holds, whatever becomes of the instance.
            if (record is { Outcome: JournalOutcome.Pending, DueAt: { } due } && !InstanceCall.IsCall(record.Key.Kind))
            {
                instance.Journal[record.Key] = record with { DueAt = due + pause };
            }
        }
    }

    private static InstanceRecord Terminating(InstanceRecord record, DateTimeOffset at)
    {
        var terminating = record with { IsTerminating = true };
        if (record.Owner is not null)
        {
            return record.Status == InstanceStatus.WaitingForPause
                ? terminating with
                {
                    Status = InstanceStatus.Running,
                }
                : terminating;
        }

        return terminating with
        {
            Status = InstanceStatus.Queued,
            PausedAt = null,
            Error = null,
            WakeAt = at,
        };
    }

    private void Change(MemoryInstance instance, InstanceRecord next, DateTimeOffset at)
    {
        instance.Append([StatusChange.Entry(next.Status, at, next.Error)]);
        Store(instance, next);
    }

    private void Remove(MemoryInstance instance)
    {
        Store(instance, instance.Record with { WakeAt = null });
        _instances.Remove(instance.Record.Key);
    }

    private void Apply(InstanceCommit commit, MemoryInstance instance)
    {
        foreach (var record in commit.Records)
        {
            instance.Journal[record.Key] = record;
        }

        foreach (var call in commit.Calls)
        {
            instance.Calls.Add(call.ApprovalId, call);
        }

        foreach (var step in commit.DropChunks)
        {
            instance.DropChunks(step);
        }

        foreach (var chunk in commit.Chunks)
        {
            instance.Chunks[(chunk.Step, chunk.Attempt, chunk.Index)] = chunk.Content;
        }

        instance.Events.RemoveAll(stored => commit.ConsumedEvents.Contains(stored.Sequence));
        var next = Next(commit, instance);
        if (commit.Log is { } log)
        {
            instance.Append(log);
            if (next.Status != instance.Record.Status || commit.Release)
            {
                instance.Append([StatusChange.Entry(next.Status, commit.EndedAt ?? commit.At, next.Error)]);
            }
        }

        Store(instance, next);
        if (next.Status.IsTerminal)
        {
            instance.Events.Clear();
            instance.Withdraw(commit.EndedAt ?? commit.At);
            Notify(commit.Notify);
        }
    }

    private static InstanceRecord Next(InstanceCommit commit, MemoryInstance instance)
    {
        var record = instance.Record with { ClaimCount = commit.IsProgress ? 0 : instance.Record.ClaimCount };
        if (commit.Status is { IsTerminal: true } ended)
        {
            return record with
            {
                Status = ended,
                Result = commit.Result,
                Error = commit.Error,
                EndedAt = commit.EndedAt,
                ExpiresAt = commit.ExpiresAt,
                Rollback = commit.Rollback,
                IsTerminating = false,
                Owner = null,
            };
        }

        if (!commit.Release)
        {
            return record with { Status = commit.Status ?? record.Status };
        }

        var isPaused =
            record.Status == InstanceStatus.WaitingForPause
            || (commit.Status == InstanceStatus.Paused && commit.Error is not null);
        if (isPaused && !record.IsTerminating)
        {
            return record with
            {
                Status = InstanceStatus.Paused,
                Error = commit.Error,
                PausedAt = commit.At,
                Owner = null,
            };
        }

        if (commit.Status == InstanceStatus.Paused || record.IsTerminating)
        {
            return record with { Status = InstanceStatus.Queued, Owner = null, WakeAt = commit.At };
        }

        var unseen = instance.Events.FirstOrDefault(stored => stored.Sequence > commit.SeenEvents);
        return record with
        {
            Status = commit.Status ?? record.Status,
            Owner = null,
            WakeAt = unseen is null ? commit.WakeAt : Earlier(commit.WakeAt, unseen.SentAt),
        };
    }
}
