using System.Text.Json;
using Everturn.Workflows.Storage;

namespace Everturn.Workflows;

/// <content>Steps with a callback: values, streams, children.</content>
internal sealed partial class StepScheduler
{
    private static readonly TimeSpan LongestComputation = TimeSpan.FromSeconds(5);

    private int _counted;

    public async Task<ReadOnlyMemory<byte>> RunAsync(
        string name,
        StepOptions? options,
        Func<WorkflowStepContext, CancellationToken, Task<ReadOnlyMemory<byte>>> callback
    )
    {
        var record = await OnThread(() =>
                CallAsync(JournalKind.Do, name, options ?? new(), new StepCallback(callback), isStream: false)
            )
            .ConfigureAwait(false);
        return WorkflowPayloads.Decode(record.Value);
    }

    public async Task<StepStream> StreamAsync(
        string name,
        StepOptions? options,
        Func<WorkflowStepContext, CancellationToken, IAsyncEnumerable<ReadOnlyMemory<byte>>> callback
    )
    {
        var record = await OnThread(() =>
                CallAsync(
                    JournalKind.Do,
                    name,
                    options ?? new(),
                    (context, cancellationToken) =>
                        StepStreams.StoreAsync(
                            host,
                            context,
                            host.Overrides?.Stream(context) ?? callback(context, cancellationToken),
                            cancellationToken
                        ),
                    isStream: true
                )
            )
            .ConfigureAwait(false);
        // A step that is passed over while handlers are rebuilt has no result.
        return record.Value.Data.IsEmpty
            ? new StepStream(0, static _ => AsyncEnumerable.Empty<ReadOnlyMemory<byte>>())
            : StepStreams.Open(host, record);
    }

    public async Task<string> StartChildAsync(
        string name,
        string workflow,
        ReadOnlyMemory<byte> parameters,
        ChildOptions options
    )
    {
        WorkflowIdentifiers.CheckWorkflowName(workflow);
        var record = await OnThread(() =>
            {
                var key = new JournalKey(
                    JournalKind.Child,
                    name,
                    _ordinals.GetValueOrDefault((JournalKind.Child, name)) + 1
                );
                return CallAsync(
                    JournalKind.Child,
                    name,
                    new StepOptions(),
                    async (_, cancellationToken) =>
                        JsonSerializer.SerializeToUtf8Bytes(
                            await host.StartChildAsync(key, workflow, parameters, options, cancellationToken)
                                .ConfigureAwait(false),
                            WorkflowEngineJson.Default.String
                        ),
                    isStream: false
                );
            })
            .ConfigureAwait(false);
        var childId = record.Value.Data.IsEmpty
            ? ""
            : JsonSerializer.Deserialize(
                WorkflowPayloads.Decode(record.Value).Span,
                WorkflowEngineJson.Default.String
            )!;
        _children[childId] = workflow;
        return childId;
    }

    private async Task<JournalRecord> CallAsync(
        JournalKind kind,
        string name,
        StepOptions options,
        StepCallback callback,
        bool isStream
    )
    {
        if (kind == JournalKind.Do && ++_counted > definition.StepLimit)
        {
            throw new StepLimitExceededException(definition.StepLimit);
        }

        var record = await BeginAsync(Ask(kind, name), options, callback, isStream).ConfigureAwait(false);
        return record.Outcome == JournalOutcome.Error ? throw RecordedErrors.ToException(record) : record;
    }

    private Task<JournalRecord> BeginAsync(
        JournalRecord asked,
        StepOptions options,
        StepCallback callback,
        bool isStream
    )
    {
        if (asked.Outcome == JournalOutcome.Pending)
        {
            StepRules.Check(options);
        }

        var call = new StepCall(asked)
        {
            Callback = host.Overrides?.Callback(asked.Key, callback, isStream) ?? callback,
            Options = StepRules.Merge(options, asked.Config),
            IsStream = isStream,
            Context = ExecutionContext.Capture(),
            Gate = buffer.Written,
        };
        if (options.Rollback is { } rollback)
        {
            _rollbacks[asked.Key] = rollback;
        }

        if (asked.Outcome != JournalOutcome.Pending)
        {
            if (asked.Outcome != JournalOutcome.Error && isStream != (asked.Outcome == JournalOutcome.Stream))
            {
                Mismatch ??= JournalComparison.Result(asked, isStream);
                return call.Outcome;
            }

            _replay.Enqueue(call, asked.CompletionOrder ?? long.MaxValue);
        }
        else if (IsRebuilding)
        {
            Skip(call);
        }
        else if (asked.DueAt is not null)
        {
            _waits.Add(call);
        }
        else
        {
            Start(call);
        }

        return call.Outcome;
    }

    private void Start(StepCall call)
    {
        if (call.Record.Attempt > 0)
        {
            // Recorded as begun, and nothing else: whoever ran it is gone.
            var error = new InstanceError("WorkflowInternalError", "Attempt failed due to internal workflows error");
            buffer.AttemptFailed(call.Record, error, TimeSpan.Zero, Now());
        }

        call.Record = call.Record with
        {
            Attempt = call.Record.Attempt + 1,
            Sensitive = call.Options.Sensitive,
            HasRollback = call.Options.Rollback is not null,
        };
        if (call.Record.HasRollback)
        {
            // A rollback has to know of every effect that may have begun.
            call.IsNoted = true;
            buffer.Add(call.Record with { Config = StepRules.ToConfig(call.Options) });
            _journal[call.Key] = call.Record;
            call.Gate = buffer.Written;
        }

        _gated.Add(call);
    }

    /// <summary>An attempt ended: the step has its outcome, or another attempt is planned.</summary>
    private void Settle(StepCall call, ReadOnlyMemory<byte> value, Exception? exception)
    {
        if (exception is null && value.Length > JournalRecord.MaxValueBytes)
        {
            exception = new NonRetryableException(
                $"Step {call.Key.Name}-{call.Key.Ordinal} output is too large. Maximum allowed size is 1MiB."
            );
        }

        if (exception is null)
        {
            var outcome = call.IsStream ? JournalOutcome.Stream : JournalOutcome.Value;
            Conclude(call, outcome, WorkflowPayloads.Encode(value), null, Now());
            return;
        }

        if (call.IsStream)
        {
            buffer.DropChunks(call.Key);
        }

        var error = RecordedErrors.From(exception);
        var retries = call.Options.Retries;
        if (exception is NonRetryableException || call.Record.Attempt > retries.Limit)
        {
            Fail(call, error);
        }
        else if (retries.ComputeDelay is { } compute)
        {
            _computedDelays++;
            _ = ComputeDelayAsync(call, error, compute);
        }
        else
        {
            Retry(call, error, StepRules.DelayAfter(call.Record.Attempt, retries, retries.Delay));
        }
    }

    private void Fail(StepCall call, InstanceError error)
    {
        var now = Now();
        buffer.AttemptFailed(call.Record, error, null, now);
        Conclude(call, JournalOutcome.Error, default, error, now);
    }

    private void Retry(StepCall call, InstanceError error, TimeSpan delay)
    {
        var now = Now();
        delay = host.Overrides?.RetryDelay(call.Key, delay) ?? delay;
        buffer.AttemptFailed(call.Record, error, delay, now);
        call.IsNoted = false;
        call.Record = call.Record with { Attempt = call.Record.Attempt + 1, Error = error, DueAt = now + delay };
        buffer.Add(call.Record with { Config = StepRules.ToConfig(call.Options) });
        call.Gate = buffer.Written;
        _waits.Add(call);
    }

    private async Task ComputeDelayAsync(
        StepCall call,
        InstanceError error,
        Func<RetryDelayContext, CancellationToken, ValueTask<WorkflowSleepDuration>> compute
    )
    {
        string? problem = null;
        TimeSpan delay = default;
        using (var cancellation = new CancellationTokenSource(LongestComputation, time))
        {
            try
            {
                var context = new RetryDelayContext(
                    new(call.Key.Name, call.Key.Ordinal, call.Record.Attempt, call.Options),
                    error
                );
                var computed = Task.Run(() => compute(context, cancellation.Token).AsTask(), CancellationToken.None);
                delay = (await computed.WaitAsync(cancellation.Token).ConfigureAwait(false)).Value;
                problem =
                    delay < TimeSpan.Zero
                        ? "returned an invalid delay value (expected a number of ms or a duration string like "
                            + "\"30 seconds\")"
                        : null;
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                problem = "did not return within 5 seconds";
            }
            catch (Exception exception)
            {
                problem = $"threw an error: {exception.Message}";
            }
        }

        thread.Queue(_ => DelayComputed(call, error, delay, problem), null);
    }

    private void DelayComputed(StepCall call, InstanceError error, TimeSpan delay, string? problem)
    {
        _computedDelays--;
        if (problem is not null)
        {
            var message = $"The delay function for step \"{call.Key.Name}-{call.Key.Ordinal}\" {problem}";
            Fail(call, new InstanceError("NonRetryableDelayError", message));
        }
        else
        {
            Retry(call, error, StepRules.DelayAfter(call.Record.Attempt, call.Options.Retries, delay));
        }
    }
}
