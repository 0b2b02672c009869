using System.Collections.Concurrent;
using System.Text.Json;
using Everturn.Approvals;
using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Testing.Introspection;

/// <summary>Puts what a test decided about an instance into effect, and knows which of its callbacks are under way.</summary>
internal sealed class InstanceOverrides : IStepOverrides
{
    private readonly ConcurrentDictionary<object, JournalKey> _running = new();
    private int _writes;

    public InstanceModifier Modifier { get; } = new();

    /// <summary>Writes to the instance's journal so far.</summary>
    public int Writes => _writes;

    /// <summary>Crashes at these writes.</summary>
    public int Crashes { get; private set; }

    /// <summary>Callbacks that have not returned.</summary>
    public IReadOnlyCollection<JournalKey> Running => [.. _running.Values];

    /// <summary>A write is about to happen.</summary>
    /// <returns>Whether the host is to die of it.</returns>
    public CrashMoment? NextWrite(InstanceCommit commit)
    {
        var crash = Modifier.TakeCrash(commit, Interlocked.Increment(ref _writes));
        Crashes += crash is null ? 0 : 1;
        return crash;
    }

    public StepCallback Callback(JournalKey step, StepCallback callback, bool isStream) =>
        async (context, cancellationToken) =>
        {
            var run = new object();
            _running[run] = step;
            try
            {
                return step.Kind == JournalKind.Child && Modifier.ChildOf(step) is not null
                        ? JsonSerializer.SerializeToUtf8Bytes(
                            $"mocked-{step.Ordinal}",
                            WorkflowEngineJson.Default.String
                        )
                    : step.Kind == JournalKind.Do
                        ? await RunAsync(context, callback, isStream, cancellationToken).ConfigureAwait(false)
                    : await callback(context, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _running.TryRemove(run, out _);
            }
        };

    public IAsyncEnumerable<ReadOnlyMemory<byte>>? Stream(WorkflowStepContext step) =>
        Modifier.PlanOf(step.Name, step.Count)?.Stream?.ToAsyncEnumerable();

    public TimeSpan RetryDelay(JournalKey step, TimeSpan delay) =>
        Modifier.SkipsRetryDelay(step) ? TimeSpan.Zero : delay;

    public bool ComesDue(JournalKey step) =>
        step.Kind == JournalKind.Sleep
            ? Modifier.SkipsSleep(step)
            : step.Kind == JournalKind.WaitForEvent && Modifier.TimesOut(step);

    public ChildNotice? ChildEnd(JournalKey step) => step.Kind == JournalKind.ChildEnd ? Modifier.ChildOf(step) : null;

    public (ToolAnswer Answer, string? DecidedBy)? Answer(JournalKey step) => Modifier.AnswerOf(step);

    private Task<ReadOnlyMemory<byte>> RunAsync(
        WorkflowStepContext context,
        StepCallback callback,
        bool isStream,
        CancellationToken cancellationToken
    )
    {
        var plan = Modifier.PlanOf(context.Name, context.Count);
        if (plan?.FailureOf(context) is { } failure)
        {
            return Task.FromException<ReadOnlyMemory<byte>>(failure);
        }

        if (isStream ? plan?.Result is not null : plan?.Stream is not null)
        {
            var message = isStream
                ? $"Step \"{context.Name}\" streams: mock it with {nameof(InstanceModifier.MockStepStream)}."
                : $"Step \"{context.Name}\" does not stream: mock it with {nameof(InstanceModifier.MockStepResult)}.";
            return Task.FromException<ReadOnlyMemory<byte>>(new NonRetryableException(message));
        }

        return plan?.Result is { } result ? Task.FromResult(result(context)) : callback(context, cancellationToken);
    }
}
