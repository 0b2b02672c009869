namespace Everturn.StatefulAgents.Tests.Fixtures;

/// <summary>Waits for conditions of the real world, with a generous limit.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static Task IsAsync(Func<bool> condition) => IsAsync(() => Task.FromResult(condition()));

    public static async Task IsAsync(Func<Task<bool>> condition)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(Limit);
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (!await condition())
        {
            await ticks.WaitForNextTickAsync(timeout.Token);
        }
    }
}
