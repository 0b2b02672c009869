using System.Diagnostics;

namespace Everturn.Workflows;

/// <summary>One run of a step's callback, off the logical thread.</summary>
internal sealed class StepAttempt : IThreadPoolWorkItem, IDisposable
{
    private static readonly AsyncLocal<StepScheduler?> Surrounding = new();

    private readonly StepScheduler _scheduler;
    private readonly CancellationTokenSource _cancellation;
    private CancellationTokenRegistration _timeout;

    public StepAttempt(StepScheduler scheduler, StepCall call, TimeProvider time)
    {
        _scheduler = scheduler;
        Call = call;
        _cancellation = new CancellationTokenSource(call.Options.Timeout, time);
    }

    public StepCall Call { get; }

    /// <summary>Its outcome no longer counts: it has one, it timed out, or the execution stopped. Only on the logical thread.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Its time is over, or it was told to stop.</summary>
    public bool IsCancelled => _cancellation.IsCancellationRequested;

    /// <summary>Whether the caller is inside a callback of this scheduler's instance.</summary>
    public static bool IsInside(StepScheduler scheduler) => Surrounding.Value == scheduler;

    public void Execute()
    {
        _timeout = _cancellation.Token.UnsafeRegister(
            static state => ((StepAttempt)state!)._scheduler.TimedOut((StepAttempt)state),
            this
        );
        if (Call.Context is { } context)
        {
            ExecutionContext.Run(context, static state => _ = ((StepAttempt)state!).RunAsync(), this);
        }
        else
        {
            _ = RunAsync();
        }
    }

    /// <summary>Ignores whatever comes of it.</summary>
    public void Close()
    {
        IsClosed = true;
        _timeout.Unregister();
    }

    /// <summary>Asks the callback to stop. Its registrations run elsewhere, since they are not ours.</summary>
    public void Cancel() => _ = _cancellation.CancelAsync();

    public void Dispose() => _cancellation.Dispose();

    private async Task RunAsync()
    {
        ReadOnlyMemory<byte> value = default;
        Exception? failure = null;
        try
        {
            value = await CallAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        _scheduler.Ended(this, value, failure);
    }

    /// <summary>A method of its own, so that the async local ends with it.</summary>
    private async Task<ReadOnlyMemory<byte>> CallAsync()
    {
        Surrounding.Value = _scheduler;
        var context = new WorkflowStepContext(Call.Key.Name, Call.Key.Ordinal, Call.Record.Attempt, Call.Options);
        using var activity = InstanceTrace.Start(Call);
        var started = Stopwatch.GetTimestamp();
        try
        {
            var value = await Call.Callback!(context, _cancellation.Token).ConfigureAwait(false);
            WorkflowInstruments.Attempted(Stopwatch.GetElapsedTime(started), failed: false);
            return value;
        }
        catch (Exception exception)
        {
            WorkflowInstruments.Attempted(Stopwatch.GetElapsedTime(started), failed: true);
            InstanceTrace.End(activity, exception);
            throw;
        }
    }
}
