using Everturn.Storage;
using Everturn.Testing;
using Everturn.Workflows;
using Everturn.Workflows.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Everturn.Tests.Workflows;

/// <summary>A process with an engine, over data that it may share with others.</summary>
public sealed class TestHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly OpenedStore _opened;
    private readonly IHost _host;
    private bool _isDown;

    private TestHost(OpenedStore opened, CrashableStore store, VirtualTimeProvider time, IHost host)
    {
        _opened = opened;
        _host = host;
        Store = store;
        Time = time;
        Engine = host.Services.GetRequiredService<IWorkflowEngine>();
    }

    public CrashableStore Store { get; }

    public VirtualTimeProvider Time { get; }

    public IWorkflowEngine Engine { get; }

    public IServiceProvider Services => _host.Services;

    public INodeDirectory Nodes => _opened.Nodes;

    public static async Task<TestHost> StartAsync(
        IStoreUnderTest data,
        Action<EverturnBuilder> configure,
        VirtualTimeProvider? time = null,
        Action<CrashableStore>? prepare = null
    )
    {
        var opened = await data.OpenAsync();
        var store = new CrashableStore(opened.Store);
        prepare?.Invoke(store);
        time ??= new VirtualTimeProvider();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton<IWorkflowStore>(store);
        builder.Services.AddSingleton(opened.Nodes);
        configure(builder.Services.AddEverturn());
        var host = builder.Build();
        await host.StartAsync();
        return new TestHost(opened, store, time, host);
    }

    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        while (!await condition())
        {
            if (patience.IsCancellationRequested)
            {
                throw new TimeoutException($"Waited in vain for: {what}");
            }

            await Task.Yield();
        }
    }

    public IWorkflowClient<TIn, TOut> Client<TIn, TOut>(string name) => Engine.Client<TIn, TOut>(name);

    public Task UntilStatusAsync(WorkflowInstance instance, InstanceStatus status) =>
        UntilAsync(async () => (await instance.StatusAsync()).Status == status, $"{instance.Key} to be {status}");

    /// <summary>Waits until something of the instance is pending in its journal, and moves the clock there.</summary>
    public async Task AdvanceToDueAsync(WorkflowInstance instance, string? name = null)
    {
        var due = await UntilPendingAsync(instance, name);
        Time.Advance(due - Time.GetUtcNow());
    }

    public async Task<DateTimeOffset> UntilPendingAsync(WorkflowInstance instance, string? name = null)
    {
        DateTimeOffset? due = null;
        await UntilAsync(
            async () =>
            {
                var history = await Store.ReadAsync(instance.Key);
                due = history!
                    .Journal.Where(record => record.Outcome == JournalOutcome.Pending)
                    .Where(record => name is null || record.Key.Name == name)
                    .Where(record => record.DueAt > Time.GetUtcNow())
                    .Min(record => record.DueAt);
                return due is not null;
            },
            $"{instance.Key} to wait"
        );
        return due!.Value;
    }

    public static async Task<T> InTimeAsync<T>(Task<T> task) => await task.WaitAsync(Patience, TimeProvider.System);

    public static async Task InTimeAsync(Task task) => await task.WaitAsync(Patience, TimeProvider.System);

    /// <summary>The process is gone from one moment to the next.</summary>
    public async Task CrashAsync()
    {
        Store.Crash();
        _isDown = true;
        await _opened.Die();
    }

    public async Task StopAsync()
    {
        if (!_isDown)
        {
            _isDown = true;
            await _host.StopAsync();
            _host.Dispose();
            await _opened.Die();
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();
}
