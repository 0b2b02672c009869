using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;

namespace Everturn.Hosting;

/// <summary>
/// What must hold once the application is put together, added by whatever was mapped or configured. A check that
/// throws makes the start fail. Most run last, since only then every endpoint is known; one that knows all it needs
/// before runs first, so that nothing is served that should not be.
/// </summary>
internal sealed class StartupChecks : IHostedLifecycleService
{
    private readonly ConcurrentQueue<Func<Task>> _checks = new();

    private readonly ConcurrentQueue<Func<Task>> _first = new();

    public void Add(Func<Task> check) => _checks.Enqueue(check);

    public void AddFirst(Func<Task> check) => _first.Enqueue(check);

    public Task StartingAsync(CancellationToken cancellationToken) => RunAsync(_first);

    public Task StartedAsync(CancellationToken cancellationToken) => RunAsync(_checks);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task RunAsync(ConcurrentQueue<Func<Task>> checks)
    {
        while (checks.TryDequeue(out var check))
        {
            await check().ConfigureAwait(false);
        }
    }
}
