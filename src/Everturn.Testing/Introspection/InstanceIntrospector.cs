using Everturn.Testing.Replay;
using Everturn.Workflows;

namespace Everturn.Testing.Introspection;

/// <summary>
/// One instance, looked at and led by a test (Cloudflare Workflows, <c>introspectWorkflowInstance</c>). Outlives crashes
/// of the host. Waiting does not move the clock, except with <see cref="RunToEndAsync"/>.
/// </summary>
public sealed class InstanceIntrospector : IAsyncDisposable
{
    private readonly WorkflowTestHost _host;
    private readonly IntrospectionHub _hub;

    internal InstanceIntrospector(WorkflowTestHost host, IntrospectionHub hub, InstanceKey key)
    {
        _host = host;
        _hub = hub;
        Key = key;
    }

    /// <summary>Tenant, workflow and id.</summary>
    public InstanceKey Key { get; }

    /// <summary>The instance's id.</summary>
    public string Id => Key.Id;

    /// <summary>The instance as applications have it: to pause, restart, send events and so on.</summary>
    public WorkflowInstance Instance => new(_host.Engine, Key);

    /// <summary>How often something was written to the instance's journal: the positions for <see cref="InstanceModifier.CrashAt"/>.</summary>
    public int JournalWrites => _hub.Of(Key).Writes;

    /// <summary>How many of the crashes have happened that the test asked for.</summary>
    public int Crashes => _hub.Of(Key).Crashes;

    /// <summary>Changes what becomes of the instance's steps from here on.</summary>
    /// <param name="modify">The changes; those made earlier stay.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="InvalidInputException">A change is not acceptable.</exception>
    /// <exception cref="InvalidOperationException">A crash is asked for, and the stores are not in memory.</exception>
    /// <exception cref="InstanceFinishedException">An event is mocked, and the instance has ended.</exception>
    public async Task ModifyAsync(Action<InstanceModifier> modify, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(modify);
        var modifier = _hub.Of(Key).Modifier;
        var events = modifier.Events().Count;
        modify(modifier);
        if (modifier.HasCrash)
        {
            _host.CheckMortal();
        }

        foreach (var mocked in modifier.Events().Skip(events))
        {
            try
            {
                await _host
                    .Engine.SendEventAsync(Key, mocked.Type, mocked.PayloadJson, cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (InstanceNotFoundException)
            {
                // It is sent when the instance is created.
                return;
            }
        }
    }

    /// <summary>Reads the instance with the progress of its steps.</summary>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="InstanceNotFoundException">It was not created yet.</exception>
    public Task<InstanceDetails> DescribeAsync(CancellationToken cancellationToken = default) =>
        _host.AskAsync(() => _host.Engine.DescribeAsync(Key, cancellationToken));

    /// <summary>Waits until a step has its outcome, which it may have had before.</summary>
    /// <param name="name">The step's name.</param>
    /// <param name="index">Which call of that name, from 1.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The step. Of a child it is the wait for its end, of a step with a rollback the step itself.</returns>
    /// <exception cref="InvalidOperationException">The instance has ended, or stopped, without that step.</exception>
    /// <exception cref="TimeoutException">It did not come in the host's <see cref="WorkflowTestHost.Patience"/>.</exception>
    public async Task<StepSnapshot> WaitForStepAsync(
        string name,
        int index = 1,
        CancellationToken cancellationToken = default
    )
    {
        StepSnapshot? found = null;
        await UntilAsync(
                details =>
                {
                    found = details.Steps.LastOrDefault(step =>
                        step.Name == name
                        && step.Count == index
                        && step.Kind != StepKind.Rollback
                        && step.Kind != StepKind.Patch
                    );
                    return found?.Status is StepStatus.Completed or StepStatus.Errored;
                },
                $"step \"{name}\" #{index} of instance {Key} to end",
                cancellationToken
            )
            .ConfigureAwait(false);
        return found!;
    }

    /// <summary>Waits until a step has its outcome, and returns its result.</summary>
    /// <typeparam name="T">The result's type; of a wait for an event that of its payload.</typeparam>
    /// <param name="name">The step's name.</param>
    /// <param name="index">Which call of that name, from 1.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="StepFailedException">The step failed.</exception>
    /// <exception cref="InvalidOperationException">The instance has ended without that step, or its result is sensitive.</exception>
    /// <exception cref="TimeoutException">It did not come in the host's <see cref="WorkflowTestHost.Patience"/>.</exception>
    public async Task<T> WaitForStepResultAsync<T>(
        string name,
        int index = 1,
        CancellationToken cancellationToken = default
    )
    {
        var step = await WaitForStepAsync(name, index, cancellationToken).ConfigureAwait(false);
        if (step.Status == StepStatus.Errored)
        {
            throw new StepFailedException(name, step.Error!);
        }

        return IsRedacted(step)
            ? throw new InvalidOperationException(
                $"Step \"{name}\" is sensitive: its result is kept from logs and from introspection."
            )
            : StepJson.Read<T>(step.OutputJson);
    }

    /// <summary>Waits until the instance has a status. Queued it has been from the start.</summary>
    /// <param name="status">The status.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The instance.</returns>
    /// <exception cref="InvalidOperationException">The instance has come to another end, or stopped, and will not get there.</exception>
    /// <exception cref="TimeoutException">It did not in the host's <see cref="WorkflowTestHost.Patience"/>.</exception>
    public async Task<InstanceSnapshot> WaitForStatusAsync(
        InstanceStatus status,
        CancellationToken cancellationToken = default
    )
    {
        InstanceSnapshot? found = null;
        await UntilAsync(
                details =>
                {
                    found = details.Instance;
                    return found.Status == status || status == InstanceStatus.Queued;
                },
                $"instance {Key} to be {status}",
                cancellationToken
            )
            .ConfigureAwait(false);
        return found!;
    }

    /// <summary>Moves the clock until the instance has ended, from one due time to the next.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The instance, however it ended.</returns>
    /// <exception cref="InstanceNotFoundException">It was not created yet.</exception>
    /// <exception cref="InvalidOperationException">It waits for something that time does not bring, such as an event.</exception>
    /// <exception cref="TimeoutException">A callback does not return.</exception>
    public Task<InstanceSnapshot> RunToEndAsync(CancellationToken cancellationToken = default) =>
        _host.RunToEndAsync(Key, cancellationToken);

    /// <summary>The output of an instance that is complete.</summary>
    /// <typeparam name="T">The workflow's result type.</typeparam>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="InvalidOperationException">It is not complete; the message says what it is.</exception>
    public async Task<T> GetOutputAsync<T>(CancellationToken cancellationToken = default) =>
        (await EndedAsync(InstanceStatus.Complete, cancellationToken).ConfigureAwait(false)).Output<T>();

    /// <summary>The error of an instance that is errored.</summary>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="InvalidOperationException">It is not errored; the message says what it is.</exception>
    public async Task<InstanceError> GetErrorAsync(CancellationToken cancellationToken = default) =>
        (await EndedAsync(InstanceStatus.Errored, cancellationToken).ConfigureAwait(false)).Error!;

    /// <summary>
    /// Runs the instance to its end, moving the clock, and then replays its journal twice, at other times: without
    /// running callbacks, code that is deterministic asks for the recorded steps in the recorded order and comes to the
    /// recorded end.
    /// </summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>What differs first, if anything does.</returns>
    /// <exception cref="InstanceNotFoundException">It was not created yet.</exception>
    /// <exception cref="InvalidOperationException">It waits for something that time does not bring, such as an event.</exception>
    /// <exception cref="TimeoutException">A callback does not return.</exception>
    public async Task<DeterminismReport> CheckDeterminismAsync(CancellationToken cancellationToken = default)
    {
        await RunToEndAsync(cancellationToken).ConfigureAwait(false);
        return await new DeterminismCheck(_host).RunAsync(Key, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stops the instance, deletes it, and forgets what was modified.</summary>
    public async ValueTask DisposeAsync()
    {
        _hub.Forget(Key);
        await _host.DeleteAsync(Key).ConfigureAwait(false);
    }

    private static bool IsRedacted(StepSnapshot step) =>
        step.OutputJson.Span.SequenceEqual(StepJson.Write(step.Name, StepSnapshot.Redacted).Span);

    private async Task<InstanceSnapshot> EndedAsync(InstanceStatus status, CancellationToken cancellationToken)
    {
        var snapshot = await _host.AskAsync(() => _host.Engine.GetAsync(Key, cancellationToken)).ConfigureAwait(false);
        return snapshot.Status == status
            ? snapshot
            : throw new InvalidOperationException($"Instance {Key} is {snapshot.Status}, not {status}.");
    }

    private Task UntilAsync(Func<InstanceDetails, bool> condition, string what, CancellationToken cancellationToken) =>
        _host.UntilAsync(
            async () =>
            {
                InstanceDetails details;
                try
                {
                    details = await DescribeAsync(cancellationToken).ConfigureAwait(false);
                }
                catch (InstanceNotFoundException)
                {
                    return false;
                }

                if (condition(details))
                {
                    return true;
                }

                var now = details.Instance;
                return now.Status.IsTerminal || now.Error?.Name == JournalMismatch.ErrorName
                    ? throw new InvalidOperationException(
                        $"Waited for {what}, but it is {now.Status}"
                            + (now.Error is { } error ? $": {error.Name}: {error.Message}" : ".")
                    )
                    : false;
            },
            what,
            Key,
            cancellationToken
        );
}
