using Microsoft.Extensions.Hosting;

namespace Everturn.Sqlite.Hosting;

/// <summary>Opens the database before any other service of the host starts.</summary>
/// <param name="database">The database. The container closes it after the host has stopped.</param>
internal sealed class DatabaseOpening(SqliteDatabase database) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => database.OpenAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
