using System.Globalization;
using Everturn.Parity.Tests.Matrix;

namespace Everturn.Parity.Tests.Walk;

/// <summary>
/// Whatever happens to a session in whatever order, on every runtime and store: one result for each tool call before the
/// next model call, a log without gap that anybody can rejoin, a transcript that the log tells too, and nothing that was
/// accepted lost or done twice.
/// </summary>
public sealed class SessionWalkTests
{
    /// <summary>How many walks each cell takes, for a longer search than a build has time for.</summary>
    private const string Count = "EVERTURN_WALKS";

    /// <summary>Which walks.</summary>
    private const string Seed = "EVERTURN_WALK_SEED";

    private static readonly TimeSpan ShorteningLimit = TimeSpan.FromMinutes(1);

    public static TheoryData<string> Cells() => [.. ParityCell.All.Select(cell => cell.Name)];

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task What_must_hold_holds_on_any_walk(string cell)
    {
        var where = ParityCell.All.Single(known => known.Name == cell);
        // The same walks in each build, so that one that fails is one that was broken.
        var seed = Given(Seed) ?? 1UL;
        var count = Given(Count) ?? (where.Store == "memory" ? 15UL : 3UL);
        foreach (var (index, walk) in WalkGenerator.Walks((int)count, seed).Index())
        {
            if (await DifferenceAsync(where, index, walk) is { } difference)
            {
                var steps = (await ShortenAsync(where, index, walk)).Select(step => $"\n  {step}");
                Assert.Fail($"Walk {index} of seed {seed}: {difference}\nThe walk:{string.Concat(steps)}");
            }
        }
    }

    private static ulong? Given(string variable) =>
        ulong.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static async Task<IReadOnlyList<WalkStep>> ShortenAsync(
        ParityCell cell,
        int seed,
        IReadOnlyList<WalkStep> walk
    )
    {
        using var limit = new CancellationTokenSource(ShorteningLimit, TimeProvider.System);
        var shortest = walk;
        while (await ShorterAsync(cell, seed, shortest, limit.Token) is { } shorter)
        {
            shortest = shorter;
        }

        return shortest;
    }

    private static async Task<IReadOnlyList<WalkStep>?> ShorterAsync(
        ParityCell cell,
        int seed,
        IReadOnlyList<WalkStep> walk,
        CancellationToken limit
    )
    {
        foreach (var shorter in WalkGenerator.Shorter(walk).TakeWhile(_ => !limit.IsCancellationRequested))
        {
            if (await DifferenceAsync(cell, seed, shorter) is not null)
            {
                return shorter;
            }
        }

        return null;
    }

    private static async Task<string?> DifferenceAsync(ParityCell cell, int seed, IReadOnlyList<WalkStep> walk)
    {
        try
        {
            await SessionWalk.TakeAsync(cell, seed, walk, TestContext.Current.CancellationToken);
            return null;
        }
        catch (Exception exception) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            return exception.ToString();
        }
    }
}
