using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Everturn.StatefulAgents.Hosting;

/// <summary>Runs stateful agents from the start of the application's host to its stop.</summary>
internal sealed class StatefulAgentService(IServiceProvider services) : IHostedService, IDisposable
{
    private ObjectHost? _host;
    private AlarmPump? _pump;
    private IdleSweeper? _sweeper;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _host = services.GetRequiredService<ObjectHost>();
        _pump = new AlarmPump(_host);
        _sweeper = new IdleSweeper(_host);
        _host.Attach(_pump.Expect, _sweeper.Clear);
        _pump.Start();
        _sweeper.Start();
        return Task.CompletedTask;
    }

    /// <summary>Closes the connections, lets turns in flight end, and writes what they wrote.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_host is null)
        {
            return;
        }

        _host.Stop();
        await _pump!.StopAsync().ConfigureAwait(false);
        using var grace = _host.Time.CreateTimer(
            static state =>
            {
                foreach (var slot in ((ObjectHost)state!).Slots)
                {
                    slot.End(ObjectEndingKind.Shutdown, "its host stops");
                }
            },
            _host,
            _host.Options.ShutdownGrace,
            Timeout.InfiniteTimeSpan
        );
        await Task.WhenAll(_host.Slots.Select(slot => slot.ShutDownAsync()))
            .WaitAsync(cancellationToken)
            .ConfigureAwait(false);
    }

    public void Dispose()
    {
        _pump?.Dispose();
        _sweeper?.Dispose();
    }
}
