namespace Everturn.Conformance.Tests.Wire;

/// <summary>Waits for what another process or thread will do.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static async Task HoldsAsync(Func<Task<bool>> condition)
    {
        var time = TimeProvider.System;
        var started = time.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20), time);
        while (!await condition())
        {
            time.GetElapsedTime(started).ShouldBeLessThan(Limit);
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
