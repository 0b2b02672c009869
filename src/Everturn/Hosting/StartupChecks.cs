using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;

namespace Everturn.Hosting;

/// <summary>
/// What must hold once the application is put together, added by whatever was mapped or configured. A check that
/// throws makes the start fail. They run last, since only then every endpoint is known.
/// </summary>
internal sealed class StartupChecks : IHostedLifecycleService
{
    private readonly ConcurrentQueue<Func<Task>> _checks = new();

    public void Add(Func<Task> check) => _checks.Enqueue(check);

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        while (_checks.TryDequeue(out var check))
        {
            await check().ConfigureAwait(false);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
