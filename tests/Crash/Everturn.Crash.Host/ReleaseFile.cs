namespace Everturn.Crash.Host;

/// <summary>Holds the agent <c>held</c> in the middle of an answer until the test creates a file, in any life of the process.</summary>
internal sealed class ReleaseFile : BackgroundService
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _path;

    public ReleaseFile(HostSettings settings) => _path = Path.Combine(settings.DataDirectory, "release");

    public ValueTask PassAsync(CancellationToken cancellationToken) => new(_open.Task.WaitAsync(cancellationToken));

    /// <summary>The same for one conversation of several.</summary>
    public async ValueTask PassAsync(string name, CancellationToken cancellationToken)
    {
        while (!File.Exists($"{_path}-{name}"))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!File.Exists(_path))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, stoppingToken);
        }

        _open.TrySetResult();
    }
}
