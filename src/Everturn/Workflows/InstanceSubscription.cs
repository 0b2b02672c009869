using System.Runtime.CompilerServices;
using Everturn.Workflows.Storage;

namespace Everturn.Workflows;

/// <summary>An instance's log: what is stored, then what is added, until the instance has ended.</summary>
internal sealed class InstanceSubscription(IWorkflowStore store, TimeProvider time, InstanceKey key)
{
    private const int Batch = 256;

    /// <summary>Hints can be lost.</summary>
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(5);

    private readonly AsyncPulse _pulse = new();

    public async IAsyncEnumerable<InstanceLogEvent> ReadAsync(
        SubscribeOptions options,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        // Registered before the first look, so that nothing in between is missed.
        using var changes = store.Changes.Subscribe(_pulse.Set);
        var timer = time.CreateTimer(static pulse => ((AsyncPulse)pulse!).Set(), _pulse, PollInterval, PollInterval);
        await using var _ = timer.ConfigureAwait(false);
        var cursor = options.Cursor;
        while (true)
        {
            // The record first: if it has ended by now, all of the log is there to be read.
            if (await store.FindAsync(key, cancellationToken).ConfigureAwait(false) is not { } record)
            {
                yield break;
            }

            var entries = await ReadAsync(record, cursor, cancellationToken).ConfigureAwait(false);
            foreach (var (number, entry) in entries)
            {
                cursor = number;
                if (options.Types is null || options.Types.Contains(entry.Type))
                {
                    yield return await ShowAsync(record, number, entry, cancellationToken).ConfigureAwait(false);
                }
            }

            if (entries.Count == 0)
            {
                if (record.Status.IsTerminal)
                {
                    yield break;
                }

                await _pulse.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<IReadOnlyList<StoredLogEntry>> ReadAsync(
        InstanceRecord record,
        long cursor,
        CancellationToken cancellationToken
    )
    {
        if (cursor < 1)
        {
            return [new(1, StatusChange.Entry(InstanceStatus.Queued, record.CreatedAt))];
        }

        return await store.ReadLogAsync(key, cursor, Batch, cancellationToken).ConfigureAwait(false);
    }

    private async Task<InstanceLogEvent> ShowAsync(
        InstanceRecord record,
        long number,
        LogEntry entry,
        CancellationToken cancellationToken
    ) =>
        new(key.Id, number, entry.At, entry.Type)
        {
            StepKind = entry.Step is { } step ? new StepKind(step.Kind.Value) : null,
            StepName = entry.Step?.Name,
            StepCount = entry.Step?.Ordinal,
            Attempt = entry.Attempt,
            Error = entry.Error,
            Duration = Time(entry.DurationMs),
            RetryDelay = Time(entry.RetryDelayMs),
            EventType = entry.EventType,
            TotalSteps = entry.TotalSteps,
            CompletedSteps = entry.CompletedSteps,
            ParamsJson =
                entry.Type == InstanceLogEventType.WorkflowStarted ? WorkflowPayloads.Decode(record.Params) : null,
            OutputJson = await OutputAsync(record, entry, cancellationToken).ConfigureAwait(false),
        };

    private async Task<ReadOnlyMemory<byte>?> OutputAsync(
        InstanceRecord record,
        LogEntry entry,
        CancellationToken cancellationToken
    )
    {
        if (entry.Type == InstanceLogEventType.WorkflowCompleted)
        {
            return record.Result is { } result ? WorkflowPayloads.Decode(result) : null;
        }

        return
            entry is { Type.Value: "step_completed" or "wait_completed", Step: { } step }
            && await store.FindRecordAsync(key, step, cancellationToken).ConfigureAwait(false) is { } recorded
            ? StepSnapshots.Output(recorded)
            : null;
    }

    private static TimeSpan? Time(long? milliseconds) =>
        milliseconds is { } value ? TimeSpan.FromMilliseconds(value) : null;
}
