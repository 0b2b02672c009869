using System.Diagnostics.CodeAnalysis;
using Everturn.Storage;
using Everturn.Workflows.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Workflows;

/// <summary>
/// One instance in memory: runs its body, commits what its steps produce, and leaves memory when it has ended, only
/// waits, or is taken away.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "Disposed when the instance leaves memory.")]
internal sealed class InstanceExecution
{
    private readonly InstanceHost _host;
    private readonly WorkflowRegistration _registration;
    private readonly LogicalThread _thread;
    private readonly JournalBuffer _buffer = new();
    private readonly StepScheduler _steps;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private AsyncServiceScope? _scope;
    private Task<ReadOnlyMemory<byte>>? _body;
    private Exception? _fault;
    private ITimer? _timer;
    private DateTimeOffset? _armedFor;
    private bool _committing;
    private bool _leaving;
    private bool _closed;
    private bool _missedEvent;

    public InstanceExecution(InstanceHost host, WorkflowRegistration registration, InstanceRecord record)
    {
        _host = host;
        _registration = registration;
        Record = record;
        _thread = new LogicalThread(Advance, fault => _fault ??= fault);
        _steps = new StepScheduler(_thread, _buffer, host.Time);
    }

    public InstanceRecord Record { get; }

    /// <summary>The number of the last event that is known here.</summary>
    public long LastEvent => _steps.LastEvent;

    /// <summary>Ends when nothing more will be written.</summary>
    public Task Released => _released.Task;

    /// <summary>Ends when, besides, all callbacks have returned and the services are disposed.</summary>
    public Task Left => _left.Task;

    /// <summary>Starts a new instance, of which nothing is recorded.</summary>
    public void Start() => _thread.Queue(static state => ((InstanceExecution)state!).Begin(), this);

    /// <summary>Starts an instance that has a history.</summary>
    public void Start(InstanceHistory history) =>
        _thread.Queue(
            _ =>
            {
                _steps.Load(history);
                Begin();
            },
            null
        );

    /// <summary>An event was stored for the instance.</summary>
    public void Offer(StoredEvent stored) =>
        _thread.Queue(
            _ =>
            {
                if (_closed)
                {
                    _host.Wake();
                }
                else if (_leaving)
                {
                    _missedEvent = true;
                }
                else
                {
                    _steps.Offer(stored);
                }
            },
            null
        );

    /// <summary>Another owner has the instance, or it was terminated or deleted: stops without a word.</summary>
    public void TakeAway() =>
        _thread.Queue(
            _ =>
            {
                // A last commit on its way finds out by itself.
                if (!_leaving)
                {
                    Abandon();
                }
            },
            null
        );

    /// <summary>The host closes: nothing new starts, and the instance is given up when the steps in flight have ended.</summary>
    public void Stop() => _thread.Queue(static _ => { }, null);

    /// <summary>The host cannot wait any longer: steps in flight are cancelled and will run again elsewhere.</summary>
    public void Cancel() => _thread.Queue(_ => _steps.Abort(), null);

    /// <summary>The body's exceptions are caught by its task, so this does not throw except where services are missing.</summary>
    private void Begin()
    {
        if (_closed)
        {
            return;
        }

        try
        {
            var scope = _host.Services.CreateAsyncScope();
            _scope = scope;
            var workflow = _registration.Create(scope.ServiceProvider);
            var trigger = new WorkflowEvent<ReadOnlyMemory<byte>>(
                WorkflowPayloads.Decode(Record.Params),
                Record.CreatedAt,
                Record.Key.Id,
                Record.Key.Workflow
            );
            _body = _thread.Enter(() => workflow.RunAsync(trigger, _steps, _stop.Token));
        }
        catch (Exception exception)
        {
            _body = Task.FromException<ReadOnlyMemory<byte>>(exception);
        }

        if (!_body.IsCompleted)
        {
            _ = _body.ContinueWith(
                static (_, state) => ((LogicalThread)state!).Queue(static _ => { }, null),
                _thread,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default
            );
        }
    }

    /// <summary>Nothing is runnable: hands over the next outcome, or commits, or leaves memory.</summary>
    private bool Advance()
    {
        if (_closed || _leaving || _body is null)
        {
            return false;
        }

        if (_body.IsCompleted || _fault is not null)
        {
            Finish();
            return false;
        }

        _steps.IsStopping |= _host.IsClosing;
        if (_steps.Advance())
        {
            return true;
        }

        Settle();
        return false;
    }

    private void Settle()
    {
        if (_committing)
        {
            return;
        }

        var due = _steps.NextDue;
        var isIdle = _steps.OpenAttempts == 0 && !(_steps.HasGated && !_steps.IsStopping);
        var onlyWaits = isIdle && !_steps.HasGated && _steps.HasWaits;
        if (onlyWaits && (_steps.IsStopping || due > _host.Time.GetUtcNow() + _host.Options.StayInMemory))
        {
            Leave(InstanceStatus.Waiting, due);
        }
        else if (isIdle && _steps.IsStopping)
        {
            Leave(InstanceStatus.Queued, _host.Time.GetUtcMilliseconds());
        }
        else
        {
            if (!_buffer.IsEmpty)
            {
                Commit(new InstanceCommit(Record.Key, Record.Fence), static _ => { });
            }

            Arm(due);
        }
    }

    private void Leave(InstanceStatus status, DateTimeOffset? wakeAt)
    {
        _leaving = true;
        var commit = new InstanceCommit(Record.Key, Record.Fence)
        {
            Status = status,
            Release = true,
            WakeAt = wakeAt,
            SeenEvents = _steps.LastEvent,
        };
        Commit(
            commit,
            execution =>
            {
                execution.Close();
                execution._host.Expect(execution._missedEvent ? execution._host.Time.GetUtcNow() : wakeAt);
            }
        );
    }

    private void Finish()
    {
        if (_committing)
        {
            return;
        }

        _leaving = true;
        _steps.Abort();
        var now = _host.Time.GetUtcMilliseconds();
        var commit = new InstanceCommit(Record.Key, Record.Fence) { EndedAt = now };
        var error = Outcome(out var result);
        Finish(
            error is null
                ? commit with
                {
                    Status = InstanceStatus.Complete,
                    Result = result,
                }
                : commit with
                {
                    Status = InstanceStatus.Errored,
                    Error = error,
                }
        );
    }

    private void Finish(InstanceCommit commit) =>
        Commit(
            commit,
            execution =>
            {
                execution.Close();
                execution._host.Ended(
                    execution.Record with
                    {
                        Status = commit.Status!.Value,
                        Result = commit.Result,
                        Error = commit.Error,
                        EndedAt = commit.EndedAt,
                        Owner = null,
                        ClaimCount = 0,
                    }
                );
            }
        );

    private InstanceError? Outcome(out Payload result)
    {
        result = default;
        var exception = _fault ?? _body!.Exception?.InnerException;
        if (exception is null && _body!.IsCanceled)
        {
            exception = new TaskCanceledException(_body);
        }

        if (exception is null)
        {
            var plain = _body!.GetAwaiter().GetResult();
            if (plain.Length <= JournalRecord.MaxValueBytes)
            {
                result = WorkflowPayloads.Encode(plain);
                return null;
            }

            exception = new NonRetryableException("Instance output is too large. Maximum allowed size is 1MiB.");
        }

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
        if (due is not { } time || _armedFor == due)
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

    private void Abandon()
    {
        if (_closed)
        {
            return;
        }

        _steps.Abort();
        _ = _stop.CancelAsync();
        Close();
    }

    private void Close()
    {
        _closed = true;
        _timer?.Dispose();
        _host.Remove(this);
        _released.TrySetResult();
        _ = DisposeScopeAsync();
    }

    /// <summary>The body's services go when the last callback has returned, whoever waits for it.</summary>
    private async Task DisposeScopeAsync()
    {
        try
        {
            await _steps.Callbacks.ConfigureAwait(false);
            if (_scope is { } scope)
            {
                await scope.DisposeAsync().ConfigureAwait(false);
            }

            _stop.Dispose();
        }
        catch (Exception exception)
        {
            _host.DisposeFailed(Record.Key, exception);
        }

        _left.TrySetResult();
    }
}
