using Everturn.Testing.Sessions.Walk;

namespace Everturn.Testing.Sessions;

/// <summary>
/// Model-based random walks: sequences of commits, reads, deletions, sweeps and node failures, on a store and on a plain
/// reference model at once, with all that can be read compared after every step.
/// </summary>
public static class SessionStoreWalk
{
    private const int Steps = 60;

    /// <summary>Takes walks until one shows a difference.</summary>
    /// <param name="openStore">Opens a fixture with an empty store; asked once per walk.</param>
    /// <param name="count">How many walks, of 60 steps each.</param>
    /// <param name="seed">Repeats the walks of an earlier call; null for new ones.</param>
    /// <exception cref="ConformanceException">
    /// The store differs from the model. The message has the seed and the walk, made as short as it could be.
    /// </exception>
    public static async Task RunAsync(Func<ValueTask<SessionStoreFixture>> openStore, int count, ulong? seed = null)
    {
        ArgumentNullException.ThrowIfNull(openStore);
        var from = seed ?? (ulong)Random.Shared.NextInt64();
        foreach (var walk in WalkGenerator.Walks(count, Steps, from))
        {
            if (await DifferenceAsync(openStore, walk).ConfigureAwait(false) is { } difference)
            {
                var (shortest, shown) = await ShrinkAsync(openStore, walk, difference).ConfigureAwait(false);
                var steps = string.Join(
                    Environment.NewLine,
                    shortest.Select((step, index) => $"  {index + 1}: {step}")
                );
                throw new ConformanceException(
                    $"Seed {from}. {shown}{Environment.NewLine}The walk:{Environment.NewLine}{steps}"
                );
            }
        }
    }

    private static async Task<(WalkStep[] Walk, string Difference)> ShrinkAsync(
        Func<ValueTask<SessionStoreFixture>> openStore,
        WalkStep[] walk,
        string difference
    )
    {
        foreach (var smaller in WalkGenerator.Smaller(walk))
        {
            if (await DifferenceAsync(openStore, smaller).ConfigureAwait(false) is { } still)
            {
                return await ShrinkAsync(openStore, smaller, still).ConfigureAwait(false);
            }
        }

        return (walk, difference);
    }

    private static async Task<string?> DifferenceAsync(Func<ValueTask<SessionStoreFixture>> openStore, WalkStep[] walk)
    {
        var fixture = await openStore().ConfigureAwait(false);
        await using (fixture.ConfigureAwait(false))
        {
            try
            {
                await WalkRun.TakeAsync(fixture, walk).ConfigureAwait(false);
                return null;
            }
            catch (ConformanceException exception)
            {
                return exception.Message;
            }
        }
    }
}
