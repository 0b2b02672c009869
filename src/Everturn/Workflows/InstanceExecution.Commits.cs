using Everturn.Workflows.Storage;

namespace Everturn.Workflows;

/// <content>What goes to the store, and when.</content>
internal sealed partial class InstanceExecution
{
    private ITimer? _timer;
    private DateTimeOffset? _armedFor;
    private DateTimeOffset? _noteDue;

    private void Settle()
    {
        if (_committing)
        {
            return;
        }

        var due = _steps.NextDue;
        var isHeld = _steps.IsStopping || _steps.IsPausing || _steps.Mismatch is not null;
        var isIdle = _steps.OpenAttempts == 0 && !(_steps.HasGated && !isHeld);
        var onlyWaits = isIdle && !_steps.HasGated && _steps.HasWaits;
        if (isIdle && _steps.Mismatch is { } mismatch)
        {
            _host.Mismatched(Record.Key, mismatch);
            Leave(InstanceStatus.Paused, null, mismatch);
        }
        else if (isIdle && _steps.IsPausing)
        {
            Leave(InstanceStatus.Paused, null);
        }
        else if (
            onlyWaits && (_steps.IsStopping || due is null || due > _host.Time.GetUtcNow() + _host.Options.StayInMemory)
        )
        {
            Leave(InstanceStatus.Waiting, due);
        }
        else if (isIdle && _steps.IsStopping)
        {
            Leave(InstanceStatus.Queued, _host.Time.GetUtcMilliseconds());
        }
        else
        {
            Stay(due);
        }
    }

    private void Stay(DateTimeOffset? due)
    {
        var now = _host.Time.GetUtcNow();
        if (!_buffer.IsEmpty)
        {
            Commit(new InstanceCommit(Record.Key, Record.Fence), static _ => { });
        }
        else if (_buffer.HasLog && _noteDue <= now)
        {
            // Something has been under way for a while: others may want to see it.
            _steps.NoteAttempts();
            Commit(new InstanceCommit(Record.Key, Record.Fence) { IsProgress = false }, static _ => { });
        }

        _noteDue =
            !_buffer.HasLog ? null
            : _noteDue > now ? _noteDue
            : now + _host.Options.ProgressDelay;
        Arm(due < _noteDue || _noteDue is null ? due : _noteDue);
    }

    private void Leave(InstanceStatus status, DateTimeOffset? wakeAt, InstanceError? error = null)
    {
        _leaving = true;
        var commit = new InstanceCommit(Record.Key, Record.Fence)
        {
            Status = status,
            Error = error,
            Release = true,
            At = _host.Time.GetUtcMilliseconds(),
            WakeAt = wakeAt,
            SeenEvents = _steps.LastEvent,
        };
        Commit(
            commit,
            execution =>
            {
                execution.Close();
                execution._host.Expect(execution._isMissed ? execution._host.Time.GetUtcNow() : wakeAt);
            }
        );
    }

    private void Finish()
    {
        if (_committing)
        {
            return;
        }

        if (_rollback is not null)
        {
            FinishRollback(_rollback);
            return;
        }

        _steps.CompareAtEnd();
        if (_steps.Mismatch is { } mismatch)
        {
            _steps.Abort();
            Leave(InstanceStatus.Paused, null, mismatch);
            return;
        }

        var error = Outcome(out var output);
        if (error is not null && _steps.HasRollback)
        {
            RollBack(new RollbackTrigger(error, IsTermination: false));
            _thread.Queue(static _ => { }, null);
            return;
        }

        End(error is null ? InstanceStatus.Complete : InstanceStatus.Errored, error, output, null);
    }

    private void FinishRollback(Task<RollbackResult?> rollback)
    {
        // The engine's own code: it fails only where a record cannot be read.
        var result = rollback.IsFaulted
            ? new RollbackResult(false, RecordedErrors.From(rollback.Exception.InnerException!))
            : rollback.Result;
        var isTermination = _trigger!.IsTermination;
        End(
            isTermination ? InstanceStatus.Terminated : InstanceStatus.Errored,
            isTermination ? null : _trigger.Error,
            default,
            result
        );
    }

    private void End(InstanceStatus status, InstanceError? error, ReadOnlyMemory<byte> output, RollbackResult? rollback)
    {
        _leaving = true;
        _steps.Abort();
        var now = _host.Time.GetUtcMilliseconds();
        var commit = new InstanceCommit(Record.Key, Record.Fence)
        {
            Status = status,
            Result = error is null && status == InstanceStatus.Complete ? WorkflowPayloads.Encode(output) : null,
            Error = error,
            Rollback = rollback,
            EndedAt = now,
            ExpiresAt = (Record.Origin?.Retention ?? _registration.Definition.Retention).ExpiresAt(status, now),
            Notify = ChildNotice.For(Record, status, output, error, now),
        };
        InstanceTrace.End(_activity, status, error);
        Commit(
            commit,
            execution =>
            {
                execution.Close();
                execution._host.Ended(
                    execution.Record with
                    {
                        Status = status,
                        Result = commit.Result,
                        Error = error,
                        Rollback = rollback,
                        EndedAt = now,
                        ExpiresAt = commit.ExpiresAt,
                        Owner = null,
                        ClaimCount = 0,
                    }
                );
            }
        );
    }

    private InstanceError? Outcome(out ReadOnlyMemory<byte> output)
    {
        output = default;
        var exception = _fault ?? _body!.Exception?.InnerException;
        if (exception is null && _body!.IsCanceled)
        {
            exception = new TaskCanceledException(_body);
        }

        if (exception is null)
        {
            output = _body!.GetAwaiter().GetResult();
            if (output.Length <= JournalRecord.MaxValueBytes)
            {
                return null;
            }

            exception = new NonRetryableException("Instance output is too large. Maximum allowed size is 1MiB.");
        }

        output = default;
        return RecordedErrors.From(exception);
    }

    /// <summary>Everything buffered goes out with the commit; afterwards <paramref name="then"/> runs on the logical thread.</summary>
    private void Commit(InstanceCommit commit, Action<InstanceExecution> then)
    {
        _committing = true;
        _ = CommitAsync(_buffer.MoveInto(commit), _buffer.Written, then);
    }

    private async Task CommitAsync(InstanceCommit commit, long written, Action<InstanceExecution> then)
    {
        try
        {
            await _host.Store.CommitAsync(commit).ConfigureAwait(false);
            _host.Committed(commit);
            _thread.Run(
                _ =>
                {
                    _committing = false;
                    if (!_closed)
                    {
                        _buffer.Confirm(written);
                        then(this);
                    }
                },
                null
            );
        }
        catch (Exception exception)
        {
            _host.CommitFailed(Record.Key, exception);
            _thread.Run(_ => Abandon(), null);
        }
    }

    /// <summary>While the instance stays in memory, one timer wakes it for the first of its waits.</summary>
    private void Arm(DateTimeOffset? due)
    {
        if (due is not { } time || _armedFor == time)
        {
            return;
        }

        _armedFor = due;
        _timer ??= _host.Time.CreateTimer(
            static state =>
                ((InstanceExecution)state!)._thread.Queue(
                    static state => ((InstanceExecution)state!)._armedFor = null,
                    state
                ),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
        _timer.ChangeTo(time, _host.Time);
    }
}
