using Everturn.Workflows;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Everturn.Runtimes;

/// <summary>
/// Does a piece of work again and again in the background: whenever it is woken, and at an interval besides. A round
/// that fails is logged, and the next one tries again.
/// </summary>
/// <param name="first">When the first round is due.</param>
/// <param name="interval">When the further ones are, at the latest.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Hears of rounds that failed.</param>
internal abstract class PulsedWorker(TimeSpan first, TimeSpan interval, TimeProvider time, ILogger logger)
    : BackgroundService
{
    private readonly AsyncPulse _pulse = new();

    /// <summary>The clock.</summary>
    protected TimeProvider Time => time;

    /// <summary>There may be something to do.</summary>
    public void Wake() => _pulse.Set();

    /// <summary>One round.</summary>
    protected abstract Task WorkAsync(CancellationToken stoppingToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var timer = time.CreateTimer(static pulse => ((AsyncPulse)pulse!).Set(), _pulse, first, interval);
        await using var _ = timer.ConfigureAwait(false);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await _pulse.WaitAsync(stoppingToken).ConfigureAwait(false);
                await WorkAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever the trouble is, the work stays to be done.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                RuntimeLog.BackgroundFailed(logger, GetType().Name, exception);
            }
        }
    }
}
