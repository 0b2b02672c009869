namespace Everturn.Parity.Tests.Hosts;

/// <summary>Waits for what the store will show; other processes announce nothing to a test.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public static async Task<T> NotNullAsync<T>(Func<Task<T?>> read, CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            if (await read() is { } value)
            {
                return value;
            }

            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }

    public static async Task TrueAsync(Func<Task<bool>> check, CancellationToken cancellationToken) =>
        await NotNullAsync(async () => await check() ? "" : null, cancellationToken);
}
