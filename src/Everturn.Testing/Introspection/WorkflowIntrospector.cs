using Everturn.Workflows;

namespace Everturn.Testing.Introspection;

/// <summary>
/// Captures the instances of a workflow that the code under test creates (Cloudflare Workflows,
/// <c>introspectWorkflow</c>): by hand, in batches, as children, or by schedules.
/// </summary>
public sealed class WorkflowIntrospector : IAsyncDisposable
{
    private readonly WorkflowTestHost _host;
    private readonly IntrospectionHub _hub;
    private readonly Lock _lock = new();
    private readonly List<InstanceIntrospector> _captured = [];
    private readonly List<Action<InstanceModifier>> _modifications = [];

    internal WorkflowIntrospector(WorkflowTestHost host, IntrospectionHub hub, string workflow)
    {
        _host = host;
        _hub = hub;
        Workflow = workflow;
    }

    /// <summary>The workflow's name.</summary>
    public string Workflow { get; }

    /// <summary>The instances so far, in the order of their creation.</summary>
    public IReadOnlyList<InstanceIntrospector> Instances
    {
        get
        {
            lock (_lock)
            {
                return [.. _captured];
            }
        }
    }

    /// <summary>Changes what becomes of the steps of every instance that is captured from here on, before it runs.</summary>
    /// <param name="modify">The changes; called for each instance.</param>
    public void ModifyAll(Action<InstanceModifier> modify)
    {
        ArgumentNullException.ThrowIfNull(modify);
        // What is not acceptable is said here, and not where an instance is created.
        var trial = new InstanceModifier();
        modify(trial);
        if (trial.HasCrash)
        {
            _host.CheckMortal();
        }

        lock (_lock)
        {
            _modifications.Add(modify);
        }
    }

    /// <summary>Waits until an instance has been captured.</summary>
    /// <param name="index">Which, from 1, in the order of creation.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="TimeoutException">It was not in the host's <see cref="WorkflowTestHost.Patience"/>.</exception>
    public async Task<InstanceIntrospector> WaitForInstanceAsync(
        int index = 1,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(index, 1);
        await _host
            .UntilAsync(
                () => Task.FromResult(Instances.Count >= index),
                $"{index} instances of workflow \"{Workflow}\"",
                null,
                cancellationToken
            )
            .ConfigureAwait(false);
        return Instances[index - 1];
    }

    /// <summary>Captures no more, and deletes the captured instances.</summary>
    public async ValueTask DisposeAsync()
    {
        _hub.Remove(this);
        foreach (var instance in Instances)
        {
            await instance.DisposeAsync().ConfigureAwait(false);
        }
    }

    internal void Capture(InstanceKey key)
    {
        Action<InstanceModifier>[] modifications;
        lock (_lock)
        {
            _captured.Add(new InstanceIntrospector(_host, _hub, key));
            modifications = [.. _modifications];
        }

        foreach (var modify in modifications)
        {
            modify(_hub.Of(key).Modifier);
        }
    }
}
