namespace Everturn.Sqlite.Tests.Engine;

/// <summary>Waits for conditions of the real world, with a generous limit.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static Task Is(Func<bool> condition) => Is(() => Task.FromResult(condition()));

    public static async Task Is(Func<Task<bool>> condition)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(Limit);
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!await IsMet(condition))
            await ticks.WaitForNextTickAsync(timeout.Token);
    }

    private static async Task<bool> IsMet(Func<Task<bool>> condition)
    {
        try
        {
            return await condition();
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }
}
