using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Everturn.Workflows.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Workflows;

/// <summary>
/// One instance in memory: runs its body, commits what its steps produce, and leaves memory when it has ended, only
/// waits, or is taken away.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "Disposed when the instance leaves memory.")]
internal sealed partial class InstanceExecution
{
    private static readonly AsyncLocal<InstanceExecution?> Surrounding = new();

    private readonly InstanceHost _host;
    private readonly WorkflowRegistration _registration;
    private readonly LogicalThread _thread;
    private readonly JournalBuffer _buffer;
    private readonly StepScheduler _steps;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private AsyncServiceScope? _scope;
    private Activity? _activity;
    private Task<ReadOnlyMemory<byte>>? _body;
    private Exception? _fault;
    private Task _stopping = Task.CompletedTask;
    private RollbackTrigger? _trigger;
    private Task<RollbackResult?>? _rollback;
    private bool _isNew;
    private bool _committing;
    private bool _leaving;
    private bool _closed;
    private bool _isMissed;

    public InstanceExecution(InstanceHost host, WorkflowRegistration registration, InstanceRecord record)
    {
        _host = host;
        _registration = registration;
        Record = record;
        _buffer = new JournalBuffer(registration.KeepsLog);
        _thread = new LogicalThread(Advance, fault => _fault ??= fault);
        _steps = new StepScheduler(_thread, _buffer, host.Time, new StepHost(host, record), registration.Definition);
    }

    public InstanceRecord Record { get; }

    /// <summary>The number of the last event that is known here.</summary>
    public long LastEvent => _steps.LastEvent;

    /// <summary>Whether a pause is under way.</summary>
    public bool IsPausing => _steps.IsPausing;

    /// <summary>Ends when nothing more will be written.</summary>
    public Task Released => _released.Task;

    /// <summary>Ends when, besides, all callbacks have returned and the services are disposed.</summary>
    public Task Left => _left.Task;

    /// <summary>Starts a new instance, of which nothing is recorded.</summary>
    public void Start()
    {
        _isNew = true;
        _thread.Queue(static state => ((InstanceExecution)state!).Begin(), this);
    }

    /// <summary>Starts an instance that has a history.</summary>
    public void Start(InstanceHistory history) =>
        _thread.Queue(
            _ =>
            {
                _isNew = history.Journal.Count == 0 && Record.StartedAt >= Record.CreatedAt;
                _steps.Load(history);
                _steps.IsPausing = Record.Status == InstanceStatus.WaitingForPause;
                _trigger = _steps.BegunRollback ?? (Record.IsTerminating ? RollbackTrigger.Termination : null);
                if (_trigger is not null)
                {
                    _steps.BeginRebuilding();
                }

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
                    _isMissed = true;
                }
                else
                {
                    _steps.Offer(stored);
                }
            },
            null
        );

    /// <summary>A pause was asked for, or taken back.</summary>
    public void Pause(bool isPausing) =>
        _thread.Queue(
            _ =>
            {
                _isMissed |= _leaving;
                _steps.IsPausing = isPausing;
            },
            null
        );

    /// <summary>The end with rollback was asked for.</summary>
    public void Terminate() =>
        _thread.Queue(
            _ =>
            {
                _isMissed |= _leaving;
                if (_trigger is null && !_leaving && !_closed && _body is not null)
                {
                    RollBack(RollbackTrigger.Termination);
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

    /// <summary>What the body of an instance is given.</summary>
    public static WorkflowEvent<ReadOnlyMemory<byte>> TriggerOf(InstanceRecord record) =>
        new(WorkflowPayloads.Decode(record.Params), record.CreatedAt, record.Key.Id, record.Key.Workflow)
        {
            Schedule = record.Origin?.Schedule,
            DefinitionVersion = record.DefinitionVersion,
        };

    /// <summary>Whether the caller is the instance's own code: its body, or a callback of one of its steps.</summary>
    public bool IsCaller => Surrounding.Value == this || StepAttempt.IsInside(_steps);

    /// <summary>The body's exceptions are caught by its task, so this does not throw except where services are missing.</summary>
    private void Begin()
    {
        if (_closed)
        {
            return;
        }

        var surrounding = (Activity.Current, Surrounding.Value);
        try
        {
            Surrounding.Value = this;
            _activity = InstanceTrace.Start(Record);
            LogBeginning();
            var scope = _host.Services.CreateAsyncScope();
            _scope = scope;
            var workflow = _registration.Create(scope.ServiceProvider);
            var trigger = TriggerOf(Record);
            _body = _thread.Enter(() => workflow.RunAsync(trigger, _steps, _stop.Token));
        }
        catch (Exception exception)
        {
            _body = Task.FromException<ReadOnlyMemory<byte>>(exception);
        }
        finally
        {
            (Activity.Current, Surrounding.Value) = surrounding;
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

    private void LogBeginning()
    {
        var now = _host.Time.GetUtcMilliseconds();
        if (_isNew)
        {
            _buffer.Log(new LogEntry(InstanceLogEventType.WorkflowStarted, now));
        }

        _buffer.Log(new LogEntry(InstanceLogEventType.WorkflowRunning, now));
    }

    /// <summary>Nothing is runnable: hands over the next outcome, or commits, or leaves memory.</summary>
    private bool Advance()
    {
        if (_closed || _leaving || _body is null)
        {
            return false;
        }

        if (_steps.IsRebuilding)
        {
            return Rebuild();
        }

        if (IsOver())
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

    /// <summary>Runs the code as far as it gets to know the handlers of its steps, and then those.</summary>
    private bool Rebuild()
    {
        if (!_body!.IsCompleted && !_steps.HasAllHandlers && _steps.Advance())
        {
            return true;
        }

        RollBack(_trigger!);
        return true;
    }

    private void RollBack(RollbackTrigger trigger)
    {
        _trigger = trigger;
        _rollback = _steps.RollBackAsync(trigger);
        // The body asks for steps in vain from now on, and need not wait for anything else either.
        StopBody();
    }

    /// <summary>Whether the body, or the rollback in its place, has ended.</summary>
    private bool IsOver() =>
        _rollback is { } rollback ? rollback.IsCompleted : _body!.IsCompleted || _fault is not null;

    private void Abandon()
    {
        if (_closed)
        {
            return;
        }

        _steps.Abort();
        StopBody();
        Close();
    }

    private void StopBody()
    {
        if (!_stop.IsCancellationRequested)
        {
            _stopping = _stop.CancelAsync();
        }
    }

    private void Close()
    {
        _closed = true;
        _timer?.Dispose();
        _activity?.Dispose();
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
            // A source that is disposed forgets those who have yet to be told. What they throw is not ours.
            await _stopping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
