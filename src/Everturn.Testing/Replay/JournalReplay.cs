using Everturn.Workflows;
using Everturn.Workflows.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Testing.Replay;

/// <summary>
/// Runs the code of an instance once on its journal: recorded outcomes are handed over in their order by the engine's own
/// scheduler, and nothing that is not recorded starts.
/// </summary>
internal sealed class JournalReplay
{
    private readonly Lock _lock = new();
    private readonly List<AskedStep> _asked = [];
    private readonly HashSet<JournalKey> _recorded;
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly bool _hasEnd;
    private readonly LogicalThread _thread;
    private readonly StepScheduler _steps;
    private Task<ReadOnlyMemory<byte>>? _body;
    private Exception? _fault;

    public JournalReplay(InstanceHistory history, WorkflowRegistration registration, IStepHost host)
    {
        History = history;
        _recorded = [.. history.Journal.Select(record => record.Key)];
        _hasEnd = history.Record.Status != InstanceStatus.Terminated;
        _thread = new LogicalThread(Advance, fault => _fault ??= fault);
        // The clock stands at the beginning, so that nothing becomes due that was pending in the end.
        _steps = new StepScheduler(
            _thread,
            new JournalBuffer(keepsLog: false),
            new VirtualTimeProvider(history.Record.CreatedAt),
            host,
            registration.Definition
        )
        {
            IsStopping = true,
        };
        Registration = registration;
    }

    public InstanceHistory History { get; }

    public WorkflowRegistration Registration { get; }

    /// <summary>What the code asked for, in order.</summary>
    public IReadOnlyList<AskedStep> Asked
    {
        get
        {
            lock (_lock)
            {
                return [.. _asked];
            }
        }
    }

    /// <summary>How the code ended, for people; null if it did not.</summary>
    public string? End =>
        _fault is not null ? DescribeError(RecordedErrors.From(_fault))
        : _body is not { IsCompleted: true } ? null
        : _body.IsCompletedSuccessfully ? DescribeOutput(_body.Result)
        : DescribeError(RecordedErrors.From(_body.Exception?.InnerException ?? new TaskCanceledException(_body)));

    /// <summary>How the instance ended, in the same words; null if its code did not come to an end.</summary>
    public string? RecordedEnd =>
        History.Record.Status == InstanceStatus.Complete
            ? DescribeOutput(WorkflowPayloads.Decode(History.Record.Result!.Value))
        : History.Record.Status == InstanceStatus.Errored && History.Record.Error is { } error ? DescribeError(error)
        : null;

    /// <summary>Runs until the code has ended, asks for something that is not recorded, or has nothing more to get.</summary>
    /// <exception cref="TimeoutException">The code waits for something that is no step.</exception>
    public async Task RunAsync(IServiceProvider services, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var stop = new CancellationTokenSource();
        var scope = services.CreateAsyncScope();
        await using var disposal = scope.ConfigureAwait(false);
        var workflow = Registration.Create(scope.ServiceProvider);
        _thread.Queue(
            _ =>
            {
                _steps.Load(History);
                var driver = new RecordingDriver(_steps, Note);
                try
                {
                    _body = _thread.Enter(() =>
                        workflow.RunAsync(InstanceExecution.TriggerOf(History.Record), driver, stop.Token)
                    );
                }
                catch (Exception exception)
                {
                    _body = Task.FromException<ReadOnlyMemory<byte>>(exception);
                }

                _ = _body.ContinueWith(
                    _ => _over.TrySetResult(),
                    CancellationToken.None,
                    TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default
                );
            },
            null
        );
        try
        {
            await _over.Task.WaitAsync(patience, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
        }
    }

    private bool Advance()
    {
        if (_body is null || _over.Task.IsCompleted || _body.IsCompleted || _fault is not null)
        {
            _ = _fault is not null && _over.TrySetResult();
            return false;
        }

        if (_steps.Advance())
        {
            return true;
        }

        // Of an instance that was ended from outside, the code stops where it was then.
        if (!_hasEnd && _recorded.All(key => key.Kind == JournalKind.Rollback || Asked.Any(step => step.Key == key)))
        {
            _over.TrySetResult();
        }

        return false;
    }

    private void Note(AskedStep step)
    {
        lock (_lock)
        {
            _asked.Add(step);
        }

        // An attempt that was under way when the instance was ended is not recorded.
        if (_hasEnd && !_recorded.Contains(step.Key))
        {
            _over.TrySetResult();
        }
    }

    private static string DescribeOutput(ReadOnlyMemory<byte> json) =>
        json.IsEmpty ? "the end without output" : $"the output {System.Text.Encoding.UTF8.GetString(json.Span)}";

    private static string DescribeError(InstanceError error) => $"the error {error.Name}: {error.Message}";
}
