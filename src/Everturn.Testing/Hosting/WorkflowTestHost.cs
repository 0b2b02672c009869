using Everturn.Memory;
using Everturn.Testing.Hosting;
using Everturn.Testing.Introspection;
using Everturn.Workflows;
using Everturn.Workflows.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Everturn.Testing;

/// <summary>
/// A host for tests of workflows: in memory unless another store is configured, and on a clock that stands still.
/// <code>
/// await using var host = await WorkflowTestHost.StartAsync(everturn => everturn.AddWorkflow&lt;Checkout&gt;());
/// await using var instance = await host.IntrospectAsync("checkout", "order-1", modify =>
///     modify.MockStepResult("charge", "receipt"));
/// var receipt = await host.RunAsync&lt;Order, string&gt;("checkout", order, "order-1");
/// </code>
/// </summary>
public sealed partial class WorkflowTestHost : IAsyncDisposable
{
    private readonly Action<EverturnBuilder> _configure;
    private readonly SharedMemory _memory;
    private readonly IntrospectionHub _hub;
    private readonly Lock _lock = new();
    private Process _process = null!;
    private Task _recovery = Task.CompletedTask;
    private bool _isDown;

    private WorkflowTestHost(
        Action<EverturnBuilder> configure,
        SharedMemory memory,
        VirtualTimeProvider time,
        IntrospectionHub hub
    )
    {
        _configure = configure;
        _memory = memory;
        _hub = hub;
        Time = time;
    }

    /// <summary>The clock. It moves when the test moves it: here, or with <see cref="AdvanceAsync"/> and <see cref="RunAsync"/>.</summary>
    public VirtualTimeProvider Time { get; }

    /// <summary>The host's services; others after a crash.</summary>
    public IServiceProvider Services => _process.Host.Services;

    /// <summary>What executes the instances; another one after a crash.</summary>
    public IWorkflowEngine Engine => Services.GetRequiredService<IWorkflowEngine>();

    /// <summary>What is stored.</summary>
    public IWorkflowStore Store => Services.GetRequiredService<IWorkflowStore>();

    /// <summary>
    /// How long, in real time, the kit waits for something that should happen by itself, before it throws a
    /// <see cref="TimeoutException"/> that says what the instance does instead. Default 30 seconds.
    /// </summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Starts a host.</summary>
    /// <param name="configure">
    /// Adds workflows, and whatever else the test needs; services are at <see cref="EverturnBuilder.Services"/>. Runs
    /// again after a crash: add what is to outlive it as an instance.
    /// </param>
    /// <param name="time">The clock; null for a new one.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    public static async Task<WorkflowTestHost> StartAsync(
        Action<EverturnBuilder> configure,
        VirtualTimeProvider? time = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(configure);
        var host = new WorkflowTestHost(configure, new SharedMemory(), time ?? new(), new IntrospectionHub());
        await host.BootAsync(cancellationToken).ConfigureAwait(false);
        return host;
    }

    /// <summary>One workflow, typed; another one after a crash.</summary>
    /// <typeparam name="TIn">The workflow's parameters.</typeparam>
    /// <typeparam name="TOut">The workflow's result.</typeparam>
    /// <param name="workflow">The workflow's name.</param>
    public IWorkflowClient<TIn, TOut> Client<TIn, TOut>(string workflow) => Engine.Client<TIn, TOut>(workflow);

    /// <summary>Starts another host on the same stores, with the same clock and introspection, as a second process would be.</summary>
    /// <param name="cancellationToken">Gives up starting.</param>
    public async Task<WorkflowTestHost> JoinAsync(CancellationToken cancellationToken = default)
    {
        var joined = new WorkflowTestHost(_configure, _memory, Time, _hub) { Patience = Patience };
        await joined.BootAsync(cancellationToken).ConfigureAwait(false);
        return joined;
    }

    /// <summary>
    /// Ends the host as a kill would, as far as the stores can tell: what it had not stored is lost, and hosts that share
    /// the stores take over. Callbacks that are under way see their token cancelled. For stores in memory; the crash kit
    /// kills real processes.
    /// </summary>
    /// <exception cref="InvalidOperationException">The stores are not in memory.</exception>
    public async Task KillAsync()
    {
        await RecoveredAsync().ConfigureAwait(false);
        CheckMortal();
        _isDown = true;
        await DieAsync(_process).ConfigureAwait(false);
        await CloseAsync(_process).ConfigureAwait(false);
    }

    /// <summary>Kills the host as <see cref="KillAsync"/> does and starts it again.</summary>
    /// <exception cref="InvalidOperationException">The stores are not in memory.</exception>
    public async Task CrashAsync()
    {
        await RecoveredAsync().ConfigureAwait(false);
        CheckMortal();
        Crash(_process);
        await RecoveredAsync().ConfigureAwait(false);
    }

    /// <summary>Introspects one instance, which need not exist yet.</summary>
    /// <param name="workflow">Its workflow.</param>
    /// <param name="id">Its id.</param>
    /// <param name="modify">Changes what becomes of its steps; null for nothing.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The introspector. Its disposal deletes the instance.</returns>
    /// <exception cref="InvalidInputException">The name, the id or a change is not acceptable.</exception>
    public async Task<InstanceIntrospector> IntrospectAsync(
        string workflow,
        string id,
        Action<InstanceModifier>? modify = null,
        CancellationToken cancellationToken = default
    )
    {
        WorkflowIdentifiers.CheckWorkflowName(workflow);
        WorkflowIdentifiers.CheckInstanceId(id);
        var introspector = new InstanceIntrospector(this, _hub, new InstanceKey(workflow, id));
        if (modify is not null)
        {
            await introspector.ModifyAsync(modify, cancellationToken).ConfigureAwait(false);
        }

        return introspector;
    }

    /// <summary>Captures every instance of a workflow that is created from now on, whoever creates it.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="modify">Changes what becomes of the steps of each; null for nothing.</param>
    /// <returns>The introspector. Its disposal deletes the captured instances.</returns>
    /// <exception cref="InvalidInputException">The name is not acceptable.</exception>
    /// <exception cref="InvalidOperationException">The workflow is introspected already.</exception>
    public WorkflowIntrospector IntrospectAll(string workflow, Action<InstanceModifier>? modify = null)
    {
        WorkflowIdentifiers.CheckWorkflowName(workflow);
        var introspector = new WorkflowIntrospector(this, _hub, workflow);
        if (modify is not null)
        {
            introspector.ModifyAll(modify);
        }

        _hub.Add(introspector);
        return introspector;
    }

    /// <summary>Creates an instance and moves the clock until it has ended, from one due time to the next.</summary>
    /// <typeparam name="TIn">The workflow's parameters.</typeparam>
    /// <typeparam name="TOut">The workflow's result.</typeparam>
    /// <param name="workflow">The workflow's name.</param>
    /// <param name="parameters">What it gets as payload.</param>
    /// <param name="id">The id; null for a new one.</param>
    /// <param name="cancellationToken">Stops waiting, never the instance.</param>
    /// <returns>Its output.</returns>
    /// <exception cref="InstanceFailedException">It errored or was terminated.</exception>
    /// <exception cref="InvalidOperationException">It waits for something that time does not bring, such as an event.</exception>
    /// <exception cref="TimeoutException">A callback does not return.</exception>
    public async Task<TOut> RunAsync<TIn, TOut>(
        string workflow,
        TIn parameters,
        string? id = null,
        CancellationToken cancellationToken = default
    )
    {
        var created = await Client<TIn, TOut>(workflow)
            .CreateAsync(parameters, id, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        return (await RunToEndAsync(created.Key, cancellationToken).ConfigureAwait(false)).Output<TOut>();
    }

    /// <summary>Stops the host.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_isDown)
        {
            await RecoveredAsync().ConfigureAwait(false);
            _isDown = true;
            await _process.Host.StopAsync().ConfigureAwait(false);
            _process.Host.Dispose();
        }
    }

    /// <summary>Removes an instance, if it is there.</summary>
    internal async Task DeleteAsync(InstanceKey key)
    {
        if (_isDown)
        {
            return;
        }

        try
        {
            await AskAsync(async () =>
                {
                    await Engine.DeleteAsync(key).ConfigureAwait(false);
                    return true;
                })
                .ConfigureAwait(false);
        }
        catch (InstanceNotFoundException)
        {
            // It was never created, or deleted by the code under test.
        }
    }

    /// <summary>Services as the host has them, for code that is not to act on the host's stores.</summary>
    internal IHost BuildAside(TimeProvider time) => HostStarter.Build(_configure, new SharedMemory(), time);

    /// <summary>A host with the same configuration, and nothing else in common.</summary>
    internal async Task<WorkflowTestHost> StartAsideAsync(DateTimeOffset start, CancellationToken cancellationToken)
    {
        var aside = await StartAsync(_configure, new VirtualTimeProvider(start), cancellationToken)
            .ConfigureAwait(false);
        aside.Patience = Patience;
        return aside;
    }

    /// <exception cref="InvalidOperationException">The stores are not in memory.</exception>
    internal void CheckMortal()
    {
        if (_process.Node is null)
        {
            throw new InvalidOperationException("Only a host on stores in memory can be killed like this.");
        }
    }

    private async Task BootAsync(CancellationToken cancellationToken)
    {
        ObservedStore? observed = null;
        Process? process = null;
        var host = HostStarter.Build(
            _configure,
            _memory,
            Time,
            services => services.AddSingleton<IInstanceOverrides>(_hub),
            services =>
            {
                // What only waits leaves memory, so that the store tells when nothing is left to do.
                services.Configure<WorkflowOptions>(options => options.StayInMemory = TimeSpan.Zero);
                var inner = services.Last(service => service.ServiceType == typeof(IWorkflowStore));
                services.AddSingleton<IWorkflowStore>(provider =>
                    observed ??= new ObservedStore(
                        Resolve(inner, provider),
                        _hub,
                        () => Crash(process!),
                        () => provider.GetRequiredService<InstanceHost>().Wake()
                    )
                );
            }
        );
        process = new Process(host, (ObservedStore)host.Services.GetRequiredService<IWorkflowStore>());
        _process = process;
        await host.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>From here on nothing of the process has an effect; another one takes its place.</summary>
    private void Crash(Process process)
    {
        lock (_lock)
        {
            if (process.Store.Die())
            {
                var earlier = _recovery;
                _recovery = Task.Run(() => RecoverAsync(earlier, process));
            }
        }
    }

    private async Task RecoverAsync(Task earlier, Process dead)
    {
        await earlier.ConfigureAwait(false);
        await DieAsync(dead).ConfigureAwait(false);
        await BootAsync(CancellationToken.None).ConfigureAwait(false);
        await CloseAsync(dead).ConfigureAwait(false);
    }

    private async Task DieAsync(Process process)
    {
        process.Store.Die();
        process.Node!.MarkDead(process.Node.Self);
        await _memory.Nodes.FenceDeadNodesAsync().ConfigureAwait(false);
    }

    private static async Task CloseAsync(Process process)
    {
        await process.Host.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        process.Host.Dispose();
    }

    /// <returns>The recovery that is over: as long as it is the last one, the host has not crashed again.</returns>
    private async Task<Task> RecoveredAsync()
    {
        Task recovery;
        do
        {
            recovery = Recovery();
            await recovery.ConfigureAwait(false);
        } while (recovery != Recovery());
        return recovery;
    }

    private Task Recovery()
    {
        lock (_lock)
        {
            return _recovery;
        }
    }

    private static IWorkflowStore Resolve(ServiceDescriptor descriptor, IServiceProvider provider) =>
        (IWorkflowStore)(
            descriptor.ImplementationInstance
            ?? descriptor.ImplementationFactory?.Invoke(provider)
            ?? ActivatorUtilities.CreateInstance(provider, descriptor.ImplementationType!)
        );

    private sealed record Process(IHost Host, ObservedStore Store)
    {
        public InMemoryNodeDirectory? Node { get; } = Host.Services.GetService<InMemoryNodeDirectory>();
    }
}
